package nmt4j.training;

import nmt4j.data.Position;
import nmt4j.tensor.CrossEntropy.Loss;

/// What one update did.
///
/// @param units     what the loss was divided by: target tokens, or sentences
/// @param norm      of the gradient, before it was clipped
/// @param scale     factor of the gradient, from clipping; 0 if it was not finite and no step was made
/// @param next      where the batches go on
public record Update(Loss loss, long units, double norm, double scale, long sourceTokens, Position next,
        double seconds) {
    public boolean isFinite() {
        return scale > 0;
    }

    public boolean isClipped() {
        return isFinite() && scale < 1;
    }
}
