package nmt4j.decoding;

/// The beginning of a translation: its last token, and the beginning before that, which continuations share.
///
/// @param logProbability  of the last token
/// @param total           Σ log p of all tokens
/// @param length          number of tokens
record Prefix(Prefix previous, int token, float logProbability, double total, int length) {
    static final Prefix EMPTY = new Prefix(null, -1, 0, 0, 0);

    Prefix then(int next, float itsLogProbability) {
        return new Prefix(this, next, itsLogProbability, total + itsLogProbability, length + 1);
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
}
