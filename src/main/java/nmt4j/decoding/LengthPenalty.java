package nmt4j.decoding;

import nmt4j.config.LengthPenaltyConfig;

/// How log p(y) becomes the score by which translations of different lengths are compared.
///
/// Law: the score of the same log p(y) ≤ 0 never falls with the length. So what a prefix can still become scores at most as
/// if it had the greatest length and no further token cost anything.
@FunctionalInterface
interface LengthPenalty {
    LengthPenalty NONE = (logProbability, length) -> logProbability;
    LengthPenalty AVERAGE = (logProbability, length) -> logProbability / length;

    /// @param logProbability  log p(y), at most 0
    /// @param length          |y|, `</s>` counted, at least 1
    double score(double logProbability, int length);

    /// log p(y) / ((5 + |y|) / 6)^α (Wu et al. 2016, eq. 14).
    static LengthPenalty gnmt(double alpha) {
        return (logProbability, length) -> logProbability / StrictMath.pow((5 + length) / 6.0, alpha);
    }

    /// log p(y) + γ |y| (He et al. 2016, section 3.2).
    static LengthPenalty reward(double gamma) {
        return (logProbability, length) -> logProbability + gamma * length;
    }

    static LengthPenalty of(LengthPenaltyConfig config) {
        return switch (config) {
            case LengthPenaltyConfig.None() -> NONE;
            case LengthPenaltyConfig.Average() -> AVERAGE;
            case LengthPenaltyConfig.Gnmt(double alpha) -> gnmt(alpha);
            case LengthPenaltyConfig.Reward(double reward) -> reward(reward);
        };
    }
}
