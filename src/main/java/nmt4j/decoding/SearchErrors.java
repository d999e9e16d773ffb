package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;

/// What beams of several sizes miss, beside the optimum that exact search finds (Stahlberg & Byrne 2019, table 1).
///
/// @param rows    of each beam, then of the exact search
/// @param lines   number of sentences
/// @param proved  of how many the optimum is proved
public record SearchErrors(List<Row> rows, int lines, int proved) {
    /// What one search found.
    ///
    /// @param beam            its size; 0 for the exact search
    /// @param texts           translations
    /// @param errors          sentences with a proved optimum that it missed
    /// @param better          sentences of all for which a better translation is known
    /// @param empty           translations that are empty
    /// @param logProbability  the mean over the sentences
    public record Row(int beam, List<String> texts, int errors, int better, int empty, double logProbability) {}

    /// Searches lines with beams and exactly.
    ///
    /// @param beams  their sizes
    /// @param limit  prefixes of a sentence that an exact search looks at
    public static SearchErrors of(Ensemble models, Settings settings, List<String> lines, List<Integer> beams,
            long limit, int threads) {
        var exact = translate(models, Search.exact(settings, 1, limit), lines, threads);
        var rows = new ArrayList<Row>();
        for (int size : beams)
            rows.add(row(size, translate(models, Search.beam(settings.withBeam(size), 1), lines, threads), exact));
        rows.add(row(0, exact, exact));
        return new SearchErrors(rows, lines.size(), (int) exact.stream().filter(SearchErrors::isProved).count());
    }

    private static List<Translation> translate(Ensemble models, Search search, List<String> lines, int threads) {
        try (var translator = Translator.of(models, search, threads, Translator.Options.BATCH_TOKENS)) {
            var translations = translator.translate(lines);
            for (var translation : translations) translation.requireSuccess();
            return translations;
        }
    }

    private static Row row(int beam, List<Translation> found, List<Translation> exact) {
        int errors = 0;
        int better = 0;
        int empty = 0;
        double sum = 0;
        var texts = new ArrayList<String>();
        for (int i = 0; i < found.size(); i++) {
            var candidate = found.get(i).candidates().getFirst();
            if (candidate.score() < exact.get(i).candidates().getFirst().score()) {
                better++;
                if (isProved(exact.get(i))) errors++;
            }
            if (candidate.tokens().isEmpty()) empty++;
            sum += candidate.logProbability();
            texts.add(candidate.text());
        }
        return new Row(beam, texts, errors, better, empty, sum / found.size());
    }

    /// A blank line needs no proof.
    private static boolean isProved(Translation translation) {
        return translation.candidates().getFirst().certificate().map(Certificate::isOptimal).orElse(true);
    }
}
