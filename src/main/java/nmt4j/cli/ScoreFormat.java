package nmt4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Locale;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translation.Candidate;
import nmt4j.decoding.TranslationFormat;
import nmt4j.text.TextCodec;
import nmt4j.text.Whitespace;

/// How scores of given translations are written; a pair that has none is an empty line.
final class ScoreFormat {
    private ScoreFormat() {}

    static final TranslationFormat TEXT = (translation, _) -> translation.failure().isPresent() ? "\n"
            : String.format(Locale.ROOT, "%.6f\n", candidate(translation).logProbability());

    static final String TSV_HEADER = "line\tlogProbability\tscore\tsubwords\twords\tperplexity\twordPerplexity";

    static final TranslationFormat TSV = (translation, _) -> {
        var candidate = candidate(translation);
        if (translation.failure().isPresent()) return translation.line() + "\t".repeat(6) + "\n";
        double logProbability = candidate.logProbability();
        int subwords = candidate.logProbabilities().length;
        int words = Whitespace.words(candidate.text());
        return String.format(Locale.ROOT, "%d\t%.6f\t%.6f\t%d\t%d\t%.4f\t%.4f\n", translation.line(),
                logProbability, candidate.score(), subwords, words,
                ScoreTotals.perplexity(logProbability, subwords), ScoreTotals.perplexity(logProbability, words));
    };

    /// @param target  which word a subword is part of
    static TranslationFormat jsonLines(TextCodec target) {
        var json = new ObjectMapper();
        return (translation, _) -> {
            var candidate = candidate(translation);
            var line = json.createObjectNode().put("line", translation.line());
            if (translation.failure().isPresent()) {
                line.put("error", String.valueOf(translation.failure().get().getMessage()));
            } else {
                TranslationFormat.describe(candidate, line);
                var words = line.putArray("wordLogProbabilities");
                Arrays.stream(ofWords(candidate, target)).forEach(words::add);
            }
            try {
                return json.writeValueAsString(line) + "\n";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /// Of each word, the sum of its subwords' log-probabilities; that of `</s>` at last.
    static double[] ofWords(Candidate candidate, TextCodec target) {
        var words = target.words(candidate.tokens());
        int count = words.length == 0 ? 0 : words[words.length - 1] + 1;
        var sums = new double[count + 1];
        for (int i = 0; i < words.length; i++) sums[words[i]] += candidate.logProbabilities()[i];
        sums[count] = candidate.logProbabilities()[words.length];
        return sums;
    }

    private static Candidate candidate(Translation translation) {
        return translation.candidates().getFirst();
    }
}
