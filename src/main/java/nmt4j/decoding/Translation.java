package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// What became of a line.
///
/// @param line        its number, from 1
/// @param candidates  translations, the one to choose first; one empty one for a blank line or a failure
/// @param pieces      into how many pieces the line was cut because it was too long; 1 if it was not
/// @param failure     why there is no translation
public record Translation(long line, List<Candidate> candidates, int pieces, Optional<Throwable> failure) {
    private static final Candidate NOTHING = new Candidate("", List.of(), new float[0], 0);

    /// A translation in words and subwords.
    ///
    /// @param tokens            subwords
    /// @param logProbabilities  of each subword, and of `</s>`
    public record Candidate(String text, List<String> tokens, float[] logProbabilities, double score) {
        /// Σ log p, `</s>` included.
        public double logProbability() {
            double sum = 0;
            for (float logProbability : logProbabilities) sum += logProbability;
            return sum;
        }

        /// The translation of a line from those of its pieces: of text, a space between; of numbers, the sum.
        static Candidate joined(List<Candidate> parts) {
            var tokens = new ArrayList<String>();
            var logProbabilities = new float[parts.stream().mapToInt(part -> part.logProbabilities.length).sum()];
            var text = new StringJoiner(" ");
            double score = 0;
            int n = 0;
            for (var part : parts) {
                text.add(part.text);
                tokens.addAll(part.tokens);
                System.arraycopy(part.logProbabilities, 0, logProbabilities, n, part.logProbabilities.length);
                n += part.logProbabilities.length;
                score += part.score;
            }
            return new Candidate(text.toString(), tokens, logProbabilities, score);
        }
    }

    static Translation ofBlank(long line) {
        return new Translation(line, List.of(NOTHING), 1, Optional.empty());
    }

    static Translation failed(long line, Throwable failure) {
        return new Translation(line, List.of(NOTHING), 1, Optional.of(failure));
    }

    /// The translation to choose.
    public String text() {
        return candidates.getFirst().text();
    }
}
