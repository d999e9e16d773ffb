package nmt4j.decoding;

/// What translations of a source are compared by: s(y) = lp(log p(y), |y|) + cp(y), with GNMT's coverage penalty
/// cp(y) = β Σᵢ log min(Σₜ αₜᵢ, 1) over the source tokens (Wu et al. 2016, eq. 14). It is never above 0, so that a bound
/// without it is a bound.
///
/// @param coverage   β; 0 for models without attention
/// @param attention  whose α
record Ranking(LengthPenalty length, double coverage, AttentionHeads attention) {
    Ranking(LengthPenalty length) {
        this(length, 0, AttentionHeads.ALL);
    }

    /// The score of a complete translation.
    double score(Prefix prefix) {
        double score = length.score(prefix.total(), prefix.length());
        return coverage == 0 ? score : score + coverage * coveragePenalty(prefix.coverage());
    }

    /// No score of what has this log p so far and ends at most at that length is higher.
    double bound(double total, int maximum) {
        return length.score(total, maximum);
    }

    /// @param covered  Σₜ αₜᵢ of the source tokens, and of `</s>`, which needs no translation
    static double coveragePenalty(float[] covered) {
        double sum = 0;
        for (int i = 0; i < covered.length - 1; i++) sum += StrictMath.log(Math.min(covered[i], 1));
        return sum;
    }

    /// What must be seen of a model's attention.
    AttentionRecorder recorder() {
        return coverage == 0 ? AttentionRecorder.nothing() : new AttentionRecorder(attention);
    }
}
