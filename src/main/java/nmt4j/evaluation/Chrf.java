package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import nmt4j.Failure;
import nmt4j.evaluation.Signature.Field;
import nmt4j.text.Whitespace;

/// chrF (Popović 2015) and, with words as well, chrF++ (Popović 2017): the F-score of character and word n-grams,
///
/// chrFβ = (1 + β²) · P · R / (β² · P + R),
///
/// with P and R the precision and recall averaged over the orders that both sides have. Of several references the one
/// that gives the segment the highest score counts. Equal to sacreBLEU 2.6.0.
///
/// @param charOrder   the highest order of character n-grams, usually 6
/// @param wordOrder   the highest order of word n-grams: 0 for chrF, 2 for chrF++
/// @param beta        how many times more recall weighs than precision, usually 2
/// @param lowercase   whether letter case is ignored
/// @param whitespace  whether white space counts among the characters
/// @param eps         averages the F-scores of the orders instead, with a tiny one where an order is missing, as
///                    Popović's own program does
public record Chrf(int charOrder, int wordOrder, int beta, boolean lowercase, boolean whitespace, boolean eps)
        implements Metric {
    private static final double EPSILON = 1e-16;
    private static final int MOST = 1000; // of an order
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// Where an order's statistics begin: n-grams of the hypothesis, of the reference, in both.
    private static final int HYPOTHESIS = 0;
    private static final int REFERENCE = 1;
    private static final int MATCHES = 2;

    public Chrf {
        if (charOrder < 0 || wordOrder < 0 || charOrder + wordOrder == 0)
            throw Failure.mistake("chrF: character order " + charOrder + " and word order " + wordOrder
                    + ", expected one of them above 0 and none below");
        if (Math.max(charOrder, wordOrder) > MOST)
            throw Failure.mistake("chrF: character order " + charOrder + " and word order " + wordOrder
                    + ", expected at most " + MOST);
        if (beta < 0)
            throw Failure.mistake("chrF: beta " + beta + ", expected at least 0");
    }

    /// chrF2 with sacreBLEU's defaults.
    public static Chrf standard() {
        return new Chrf(6, 0, 2, false, false, false);
    }

    public Chrf withCharOrder(int order) {
        return new Chrf(order, wordOrder, beta, lowercase, whitespace, eps);
    }

    public Chrf withWordOrder(int order) {
        return new Chrf(charOrder, order, beta, lowercase, whitespace, eps);
    }

    public Chrf withBeta(int other) {
        return new Chrf(charOrder, wordOrder, other, lowercase, whitespace, eps);
    }

    public Chrf lowercased() {
        return new Chrf(charOrder, wordOrder, beta, true, whitespace, eps);
    }

    public Chrf withWhitespace() {
        return new Chrf(charOrder, wordOrder, beta, lowercase, true, eps);
    }

    public Chrf withEpsSmoothing() {
        return new Chrf(charOrder, wordOrder, beta, lowercase, whitespace, true);
    }

    @Override
    public String name() {
        return "chrF" + beta + "+".repeat(wordOrder);
    }

    /// For each order, first of characters, then of words: the n-grams of the hypothesis (none where the reference has
    /// none), of the best reference, and in both.
    @Override
    public double[] statistics(String hypothesis, List<String> references) {
        var words = new Symbols();
        var charNgrams = new Ngrams(charOrder);
        var wordNgrams = new Ngrams(wordOrder);
        var hypothesisChars = Counted.of(characters(hypothesis), charNgrams);
        var hypothesisWords = Counted.of(words(hypothesis, words), wordNgrams);
        var best = new double[0];
        double bestScore = -1;
        for (var reference : references) {
            var statistics = new double[3 * (charOrder + wordOrder)];
            compare(hypothesisChars, Counted.of(characters(reference), charNgrams), charNgrams, statistics, 0);
            var referenceWords = Counted.of(words(reference, words), wordNgrams);
            compare(hypothesisWords, referenceWords, wordNgrams, statistics, charOrder);
            double score = fScore(statistics);
            if (score > bestScore) {
                bestScore = score;
                best = statistics;
            }
        }
        return best;
    }

    /// A sequence's length and how often each n-gram is in it.
    private record Counted(int length, int[] counts) {
        static Counted of(int[] symbols, Ngrams ngrams) {
            return new Counted(symbols.length, ngrams.count(symbols));
        }
    }

    private static void compare(Counted hypothesis, Counted reference, Ngrams ngrams, double[] statistics, int first) {
        var matches = new double[ngrams.maxOrder()];
        ngrams.addMatches(hypothesis.counts(), reference.counts(), matches, 0);
        for (int n = 1; n <= matches.length; n++) {
            int at = 3 * (first + n - 1);
            int inReference = Ngrams.total(reference.length(), n);
            statistics[at + HYPOTHESIS] = inReference > 0 ? Ngrams.total(hypothesis.length(), n) : 0;
            statistics[at + REFERENCE] = inReference;
            statistics[at + MATCHES] = matches[n - 1];
        }
    }

    private int[] characters(String line) {
        var codePoints = cased(line).codePoints();
        return (whitespace ? codePoints : codePoints.filter(c -> !Whitespace.is(c))).toArray();
    }

    private int[] words(String line, Symbols symbols) {
        return wordOrder == 0 ? new int[0] : symbols.of(separatePunctuation(cased(line)));
    }

    private String cased(String line) {
        return lowercase ? line.toLowerCase(Locale.ROOT) : line;
    }

    /// One punctuation mark at the end of a word, or else at its beginning, becomes a word of its own.
    static List<String> separatePunctuation(String line) {
        var words = new ArrayList<String>();
        for (var word : Whitespace.split(line)) {
            int last = word.length() - 1;
            if (last > 0 && PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
                words.add(word.substring(0, last));
                words.add(word.substring(last));
            } else if (last > 0 && PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
                words.add(word.substring(0, 1));
                words.add(word.substring(1));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    @Override
    public ChrfScore score(double[] statistics) {
        return new ChrfScore(name(), fScore(statistics));
    }

    private double fScore(double[] statistics) {
        return eps ? meanOfFScores(statistics) : fScoreOfMeans(statistics);
    }

    private double fScoreOfMeans(double[] statistics) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int at = 0; at < statistics.length; at += 3) {
            if (statistics[at + HYPOTHESIS] == 0 || statistics[at + REFERENCE] == 0)
                continue;
            precision += statistics[at + MATCHES] / statistics[at + HYPOTHESIS];
            recall += statistics[at + MATCHES] / statistics[at + REFERENCE];
            orders++;
        }
        if (precision + recall == 0)
            return 0;
        precision /= orders;
        recall /= orders;
        double factor = (double) beta * beta;
        double score = (1 + factor) * precision * recall;
        return 100 * (score / (factor * precision + recall));
    }

    private double meanOfFScores(double[] statistics) {
        double sum = 0;
        double factor = (double) beta * beta;
        for (int at = 0; at < statistics.length; at += 3) {
            double precision = ratio(statistics[at + MATCHES], statistics[at + HYPOTHESIS]);
            double recall = ratio(statistics[at + MATCHES], statistics[at + REFERENCE]);
            double denominator = factor * precision + recall;
            sum += denominator > 0 ? (1 + factor) * precision * recall / denominator : EPSILON;
        }
        return 100 * sum / (charOrder + wordOrder);
    }

    private static double ratio(double matches, double total) {
        return total > 0 ? matches / total : EPSILON;
    }

    @Override
    public Signature signature(References references) {
        return Signature.of(references.count(), List.of(
                new Field("case", "c", lowercase ? "lc" : "mixed"),
                new Field("eff", "e", Signature.yesNo(!eps)),
                new Field("nc", "nc", Integer.toString(charOrder)),
                new Field("nw", "nw", Integer.toString(wordOrder)),
                new Field("space", "s", Signature.yesNo(whitespace))));
    }
}
