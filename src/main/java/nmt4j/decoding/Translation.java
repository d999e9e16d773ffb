package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import nmt4j.Failure;

/// What became of a line.
///
/// @param line        its number, from 1
/// @param candidates  translations, the one to choose first; one empty one for a blank line or a failure
/// @param pieces      into how many pieces the line was cut because it was too long; 1 if it was not
/// @param failure     why there is no translation
public record Translation(long line, List<Candidate> candidates, int pieces, Optional<Throwable> failure) {
    private static final Candidate NOTHING =
            new Candidate("", List.of(), new float[0], 0, Optional.empty(), Optional.empty(),
                    Optional.empty());

    /// A translation in words and subwords.
    ///
    /// @param tokens            subwords
    /// @param logProbabilities  of each subword, and of `</s>`; none if nobody asked, with NaN for a score
    /// @param certificate       of an exact search
    /// @param utility           the expected one, of minimum Bayes risk
    /// @param alignment         which words belong together, if asked for
    public record Candidate(String text, List<String> tokens, float[] logProbabilities, double score,
            Optional<Certificate> certificate, Optional<Double> utility, Optional<List<Link>> alignment) {
        /// Σ log p, `</s>` included; NaN if nobody asked.
        public double logProbability() {
            if (Double.isNaN(score)) return Double.NaN;
            double sum = 0;
            for (float logProbability : logProbabilities) sum += logProbability;
            return sum;
        }

        /// Where another piece of the line with so many words, and its translation, come before.
        Candidate shifted(int sourceWords, int targetWords) {
            if (alignment.isEmpty() || sourceWords == 0) return this;
            var shifted = alignment.get().stream().map(link -> link.shifted(sourceWords, targetWords)).toList();
            return new Candidate(text, tokens, logProbabilities, score, certificate, utility, Optional.of(shifted));
        }

        /// The translation of a line from those of its pieces: of text, a space between; of numbers, the sum.
        static Candidate joined(List<Candidate> parts) {
            var tokens = new ArrayList<String>();
            var logProbabilities = new float[parts.stream().mapToInt(part -> part.logProbabilities.length).sum()];
            var text = new StringJoiner(" ");
            double score = 0;
            int n = 0;
            var certificate = parts.getFirst().certificate;
            for (var part : parts.subList(1, parts.size()))
                certificate = certificate.flatMap(sum -> part.certificate.map(sum::plus));
            for (var part : parts) {
                text.add(part.text);
                tokens.addAll(part.tokens);
                System.arraycopy(part.logProbabilities, 0, logProbabilities, n, part.logProbabilities.length);
                n += part.logProbabilities.length;
                score += part.score;
            }
            return new Candidate(text.toString(), tokens, logProbabilities, score, certificate, Optional.empty(),
                    parts.getFirst().alignment.map(_ -> links(parts)));
        }
    }

    private static List<Link> links(List<Candidate> parts) {
        return parts.stream().flatMap(part -> part.alignment.orElseThrow().stream()).toList();
    }

    static Translation ofBlank(long line) {
        return new Translation(line, List.of(NOTHING), 1, Optional.empty());
    }

    static Translation failed(long line, Throwable failure) {
        return new Translation(line, List.of(NOTHING), 1, Optional.of(failure));
    }

    /// @throws Failure  if there is no translation, of the kind of what was wrong
    void requireSuccess() {
        if (failure.isEmpty()) return;
        var what = "line " + line + " has no translation";
        throw switch (failure.get()) {
            case Failure told -> told.at(what);
            case OutOfMemoryError e -> Failure.machine(what + ": out of memory: " + e.getMessage(), e);
            case Throwable bug -> new IllegalStateException(what, bug);
        };
    }

    /// The translations to choose.
    ///
    /// @throws Failure  if a line has none
    public static List<String> texts(List<Translation> translations) {
        translations.forEach(Translation::requireSuccess);
        return translations.stream().map(Translation::text).toList();
    }

    /// The same, with an empty one for a line for which a search can find none.
    ///
    /// @throws Failure  if a line has none for another reason
    public static List<String> textsFound(List<Translation> translations) {
        translations.stream().filter(translation -> !translation.isImpossible()).forEach(Translation::requireSuccess);
        return translations.stream().map(Translation::text).toList();
    }

    private boolean isImpossible() {
        return failure.isPresent() && failure.get() instanceof Failure told && told.kind() == Failure.Kind.CHECK;
    }

    /// The translation to choose.
    public String text() {
        return candidates.getFirst().text();
    }
}
