package nmt4j.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Inverted dropout (Srivastava et al. 2014): an element is 0 with probability p, else scaled by 1 / (1 − p).
///
/// The mask is never stored: whether element i is dropped is a function of the key and i, computed again in the backward
/// pass.
///
/// @param key          of this application
/// @param probability  p in [0, 1)
public record Dropout(int key, float probability) {
    public static final Dropout NONE = new Dropout(0, 0);

    public boolean isNone() {
        return probability == 0;
    }

    float scale() {
        return 1 / (1 - probability);
    }

    /// What element `index` is multiplied by.
    float factor(int index) {
        return apply(Vectors.broadcast(1f), index).lane(0);
    }

    /// The elements of x at `first`, `first` + 1, … with the mask and the scale applied.
    FloatVector apply(FloatVector x, int first) {
        var threshold = (int) (probability * 0x1p24f);
        // The sign of (24 random bits − threshold), spread over the lane, is all ones where the element is dropped.
        var dropped = Randomness.bits(key, first).lanewise(VectorOperators.LSHR, 8).sub(threshold)
                .lanewise(VectorOperators.ASHR, 31);
        return x.mul(scale()).reinterpretAsInts().lanewise(VectorOperators.AND_NOT, dropped).reinterpretAsFloats();
    }
}
