package nmt4j.decoding;

/// A complete translation in subwords.
///
/// @param tokens            ids, without `</s>`
/// @param logProbabilities  of each token given those before and the source, and at last that of `</s>`; none if nobody asked
/// @param score             what translations of a source are ranked by: the sum of those, after the length penalty
/// @param remarks           what else the search can say
public record Hypothesis(int[] tokens, float[] logProbabilities, double score, Remarks remarks) {
    public Hypothesis(int[] tokens, float[] logProbabilities, double score) {
        this(tokens, logProbabilities, score, Remarks.NONE);
    }

    /// Of which nothing but the words is wanted.
    static Hypothesis withoutProbabilities(int[] tokens) {
        return new Hypothesis(tokens, new float[0], Double.NaN);
    }

    Hypothesis with(Remarks other) {
        return new Hypothesis(tokens, logProbabilities, score, other);
    }

    /// log p(y | x) = Σ log p(yₜ | y₁ … yₜ₋₁, x), `</s>` included; NaN if nobody asked.
    public double logProbability() {
        if (logProbabilities.length == 0) return Double.NaN;
        double sum = 0;
        for (float logProbability : logProbabilities) sum += logProbability;
        return sum;
    }
}
