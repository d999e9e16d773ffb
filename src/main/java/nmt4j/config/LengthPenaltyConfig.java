package nmt4j.config;

/// How hypotheses of different lengths are compared: the score of a translation y of |y| subwords, `</s>` counted.
public sealed interface LengthPenaltyConfig {
    /// log p(y).
    record None() implements LengthPenaltyConfig {}

    /// log p(y) / |y|.
    record Average() implements LengthPenaltyConfig {}

    /// log p(y) / ((5 + |y|) / 6)^α (Wu et al. 2016, eq. 14).
    record Gnmt(@Key(value = "the exponent α", initial = "0.6", in = "[0, ∞)") double alpha)
            implements LengthPenaltyConfig {}

    /// log p(y) + reward · |y| (He et al. 2016).
    record Reward(@Key(value = "added for each subword", initial = "0.5", in = "[0, ∞)") double reward)
            implements LengthPenaltyConfig {}
}
