package nmt4j.evaluation;

import java.util.List;
import java.util.Locale;

import nmt4j.Failure;
import nmt4j.evaluation.Signature.Field;
import nmt4j.text.Whitespace;

/// BLEU (Papineni, Roukos, Ward & Zhu 2002): the geometric mean of modified n-gram precisions times a brevity penalty,
///
/// BLEU = BP · exp(1/N Σₙ ln pₙ),  BP = min(1, e^(1 − r/c)),
///
/// with c the hypotheses' and r the references' length in words. Equal to sacreBLEU 2.6.0.
///
/// @param tokenizer       what a word is
/// @param lowercase       whether letter case is ignored
/// @param smoothing       what happens to orders without a match
/// @param maxOrder        N, usually 4
/// @param effectiveOrder  leaves out the orders of which the hypothesis has no n-gram; for single sentences
public record Bleu(BleuTokenizer tokenizer, boolean lowercase, Smoothing smoothing, int maxOrder,
        boolean effectiveOrder) implements Metric {
    /// What stands for ln 0.
    private static final double LOG_OF_ZERO = -9999999999.;

    private static final int TOKENIZED_LINES_TO_WARN = 100;

    public Bleu {
        if (maxOrder < 1 || maxOrder > 1000)
            throw Failure.mistake("BLEU: n-gram order " + maxOrder + ", expected 1 to 1000");
    }

    /// sacreBLEU's defaults: 13a, cased, exponential smoothing, up to 4-grams.
    public static Bleu standard() {
        return new Bleu(BleuTokenizer.V13A, false, new Smoothing.Exponential(), 4, false);
    }

    public Bleu tokenizedBy(BleuTokenizer other) {
        return new Bleu(other, lowercase, smoothing, maxOrder, effectiveOrder);
    }

    public Bleu lowercased() {
        return new Bleu(tokenizer, true, smoothing, maxOrder, effectiveOrder);
    }

    public Bleu smoothedBy(Smoothing other) {
        return new Bleu(tokenizer, lowercase, other, maxOrder, effectiveOrder);
    }

    public Bleu upTo(int order) {
        return new Bleu(tokenizer, lowercase, smoothing, order, effectiveOrder);
    }

    /// As sacreBLEU scores single sentences.
    public Bleu withEffectiveOrder() {
        return new Bleu(tokenizer, lowercase, smoothing, maxOrder, true);
    }

    @Override
    public String name() {
        return "BLEU";
    }

    /// Whether so many lines end in a period that stands alone that the text looks tokenised, which spoils scores.
    public static boolean looksTokenized(List<String> hypotheses) {
        return hypotheses.stream().filter(line -> line.endsWith(" .")).count() >= TOKENIZED_LINES_TO_WARN;
    }

    /// Hypothesis length, length of the nearest reference, then for each order the matches (clipped to the highest count
    /// in any reference), then for each order the n-grams of the hypothesis.
    @Override
    public double[] statistics(String hypothesis, List<String> references) {
        var words = new Symbols();
        var ngrams = new Ngrams(maxOrder);
        var hypothesisWords = words.of(tokens(hypothesis));
        var hypothesisCounts = ngrams.count(hypothesisWords);
        var lengths = new int[references.size()];
        var referenceCounts = new int[0];
        for (int r = 0; r < lengths.length; r++) {
            var referenceWords = words.of(tokens(references.get(r)));
            lengths[r] = referenceWords.length;
            referenceCounts = Ngrams.max(referenceCounts, ngrams.count(referenceWords));
        }
        var statistics = new double[2 + 2 * maxOrder];
        statistics[0] = hypothesisWords.length;
        statistics[1] = nearest(hypothesisWords.length, lengths);
        ngrams.addMatches(hypothesisCounts, referenceCounts, statistics, 2);
        for (int n = 1; n <= maxOrder; n++)
            statistics[1 + maxOrder + n] = Ngrams.total(hypothesisWords.length, n);
        return statistics;
    }

    private List<String> tokens(String line) {
        return tokenizer.tokenize(Whitespace.stripEnd(lowercase ? line.toLowerCase(Locale.ROOT) : line));
    }

    /// The length nearest to the hypothesis's; of two equally near, the shorter.
    static int nearest(int length, int[] lengths) {
        int nearest = lengths[0];
        for (int candidate : lengths) {
            int difference = Math.abs(candidate - length) - Math.abs(nearest - length);
            if (difference < 0 || difference == 0 && candidate < nearest)
                nearest = candidate;
        }
        return nearest;
    }

    @Override
    public BleuScore score(double[] statistics) {
        long hypothesisLength = (long) statistics[0];
        long referenceLength = (long) statistics[1];
        double penalty = brevityPenalty(hypothesisLength, referenceLength);
        var precisions = new double[maxOrder];
        boolean anyMatch = false;
        for (int n = 1; n <= maxOrder; n++)
            anyMatch |= statistics[1 + n] > 0;
        if (!anyMatch)
            return new BleuScore(0, precisions, penalty, hypothesisLength, referenceLength);
        int orders = smooth(statistics, precisions);
        double sum = 0;
        for (int n = 0; n < orders; n++)
            sum += precisions[n] == 0 ? LOG_OF_ZERO : Math.log(precisions[n]);
        return new BleuScore(penalty * Math.exp(sum / orders), precisions, penalty, hypothesisLength, referenceLength);
    }

    /// BP = e^(1 − r/c) where c < r, else 1.
    static double brevityPenalty(long hypothesisLength, long referenceLength) {
        if (hypothesisLength >= referenceLength)
            return 1;
        return hypothesisLength == 0 ? 0 : Math.exp(1 - referenceLength / (double) hypothesisLength);
    }

    /// Fills in the precisions and returns how many orders the mean is over.
    private int smooth(double[] statistics, double[] precisions) {
        int zeros = 0;
        for (int n = 1; n <= maxOrder; n++) {
            double added = n > 1 ? smoothing.added() : 0;
            double matches = statistics[1 + n] + added;
            double total = statistics[1 + maxOrder + n] + added;
            if (total == 0)
                return effectiveOrder ? n - 1 : maxOrder;
            if (matches == 0)
                zeros++;
            precisions[n - 1] = smoothing.precision(matches, total, zeros);
        }
        return maxOrder;
    }

    @Override
    public Signature signature(References references) {
        return Signature.of(references.count(), List.of(
                new Field("case", "c", lowercase ? "lc" : "mixed"),
                new Field("eff", "e", Signature.yesNo(effectiveOrder)),
                new Field("tok", "tok", tokenizer.label()),
                new Field("smooth", "s", smoothing.label())));
    }
}
