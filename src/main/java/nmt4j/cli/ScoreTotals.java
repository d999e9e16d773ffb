package nmt4j.cli;

import java.util.Locale;
import nmt4j.decoding.Translation.Candidate;
import nmt4j.text.Whitespace;

/// What scores of sentences add up to.
final class ScoreTotals {
    private long sentences;
    private long subwords; // `</s>` counted
    private long words;
    private double logProbability;

    void add(Candidate candidate) {
        sentences++;
        subwords += candidate.logProbabilities().length;
        words += Whitespace.words(candidate.text());
        logProbability += candidate.logProbability();
    }

    /// exp(−Σ log p / n).
    static double perplexity(double logProbability, long n) {
        return Math.exp(-logProbability / n);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT,
                "%,d sentences, %,d words, %,d subwords with ends; log-probability %.4f; "
                        + "perplexity %.4f a subword, %.4f a word",
                sentences, words, subwords, logProbability, perplexity(logProbability, subwords),
                perplexity(logProbability, words));
    }
}
