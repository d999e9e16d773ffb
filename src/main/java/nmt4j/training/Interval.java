package nmt4j.training;

import nmt4j.tensor.CrossEntropy.Loss;

/// Sums over the updates since the last line of the log.
///
/// @param units        what the loss is divided by: target tokens, or sentences
/// @param norms        sum of the gradients' norms
/// @param largestNorm  of a gradient
/// @param clipped      updates whose gradient was too long
/// @param skipped      updates without a step, because something was not a number
/// @param seconds      of computing, validations apart
record Interval(Loss loss, long units, double norms, double largestNorm, int clipped, int skipped, int updates,
        long sourceTokens, double seconds) {
    static final Interval EMPTY = new Interval(Loss.NONE, 0, 0, 0, 0, 0, 0, 0, 0);

    Interval plus(Update update) {
        if (!update.isFinite())
            return new Interval(loss, units, norms, largestNorm, clipped, skipped + 1, updates, sourceTokens,
                    seconds + update.seconds());
        return new Interval(loss.plus(update.loss()), units + update.units(), norms + update.norm(),
                Math.max(largestNorm, update.norm()), clipped + (update.isClipped() ? 1 : 0), skipped, updates + 1,
                sourceTokens + update.sourceTokens(), seconds + update.seconds());
    }
}
