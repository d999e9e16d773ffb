package nmt4j.decoding;

/// A complete translation in subwords.
///
/// @param tokens            ids, without `</s>`
/// @param logProbabilities  of each token given those before and the source, and at last that of `</s>`
/// @param score             what translations of a source are ranked by: the sum of those, after the length penalty
/// @param remarks           what else the search can say
public record Hypothesis(int[] tokens, float[] logProbabilities, double score, Remarks remarks) {
    public Hypothesis(int[] tokens, float[] logProbabilities, double score) {
        this(tokens, logProbabilities, score, Remarks.NONE);
    }

    Hypothesis with(Remarks other) {
        return new Hypothesis(tokens, logProbabilities, score, other);
    }

    /// log p(y | x) = Σ log p(yₜ | y₁ … yₜ₋₁, x), `</s>` included.
    public double logProbability() {
        double sum = 0;
        for (float logProbability : logProbabilities) sum += logProbability;
        return sum;
    }
}
