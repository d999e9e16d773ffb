package nmt4j.decoding;

import nmt4j.text.Vocabulary;

/// The beginning of a translation: its last token, and the beginning before that, which continuations share.
///
/// @param token           the last one; `<s>` before the first
/// @param logProbability  of the last token, as the model says
/// @param total           Σ log p of all tokens
/// @param weight          the same after the rules: what a beam chooses by
/// @param length          number of tokens
/// @param coverage        how much attention each source token got, summed; empty if nobody asks
record Prefix(Prefix previous, int token, float logProbability, double total, double weight, int length,
        float[] coverage) {
    static final Prefix EMPTY = new Prefix(null, Vocabulary.START, 0, 0, 0, 0, new float[0]);

    Prefix then(int next, float itsLogProbability) {
        return then(next, itsLogProbability, itsLogProbability);
    }

    /// @param itsWeight  log p after the rules
    Prefix then(int next, float itsLogProbability, float itsWeight) {
        return new Prefix(this, next, itsLogProbability, total + itsLogProbability, weight + itsWeight, length + 1,
                coverage);
    }

    /// The same with the attention of its last step.
    Prefix attending(float[] attention) {
        if (attention.length == 0) return this;
        var sum = attention.clone();
        for (int i = 0; i < coverage.length; i++) sum[i] += coverage[i];
        return new Prefix(previous, token, logProbability, total, weight, length, sum);
    }

    int[] tokens() {
        var tokens = new int[length];
        var at = this;
        for (int i = length - 1; i >= 0; i--, at = at.previous) tokens[i] = at.token;
        return tokens;
    }

    float[] logProbabilities() {
        var logProbabilities = new float[length];
        var at = this;
        for (int i = length - 1; i >= 0; i--, at = at.previous) logProbabilities[i] = at.logProbability;
        return logProbabilities;
    }

    /// The translation that ends with this prefix's last token, `</s>`.
    Hypothesis end(LengthPenalty penalty) {
        return new Hypothesis(previous.tokens(), logProbabilities(), penalty.score(total, length));
    }

    Hypothesis end(Ranking ranking) {
        return new Hypothesis(previous.tokens(), logProbabilities(), ranking.score(this));
    }
}
