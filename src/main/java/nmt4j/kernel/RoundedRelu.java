package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.loadBfloat16;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.VectorOperators;

/// Bias, ReLU and dropout behind a product, and back, where the result is kept in bfloat16 alone: what was negative or dropped
/// (or is too small for bfloat16) is 0, which is all that its gradient needs to know. Dropout indices are those of
/// `ActivationKernel`.
public final class RoundedRelu {
    private RoundedRelu() {}

    /// Row t of y = dropout(max(z + bias, 0)), rounded.
    ///
    /// @param z     address of the product's row; it is written over
    /// @param bias  [1, F]
    /// @param y     [T, F]
    public static void forward(long z, Matrix bias, Bfloat16Matrix y, Dropout dropout, int t) {
        int n = bias.columns();
        ActivationKernel.forward(Activation.RELU, z, bias, z, dropout, t * n);
        RoundingKernel.round(z, y.row(t), n);
    }

    /// Row t of dz, rounded, and sums += dz before it is: dz is dropout(dy) where y is positive, else 0.
    ///
    /// @param y     [T, F]
    /// @param dy    address of the row of y's gradient; dz is written over it
    /// @param sums  [1, F]
    /// @param dz    [T, F]
    public static void backward(Bfloat16Matrix y, long dy, Dropout dropout, Matrix sums, Bfloat16Matrix dz, int t) {
        slope(y.row(t), dy, dropout.scale(), sums.address(), y.columns());
        RoundingKernel.round(dy, dz.row(t), y.columns());
    }

    private static void slope(long y, long dy, float scale, long sums, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * Float.BYTES;
            var positive = loadBfloat16(y + (long) i * Bfloat16Matrix.BYTES).compare(VectorOperators.GT, 0f);
            var dz = Vectors.zero().blend(load(dy + at).mul(scale), positive);
            store(dz, dy + at);
            store(load(sums + at).add(dz), sums + at);
        }
        for (int i = end; i < n; i++) {
            long at = (long) i * Float.BYTES;
            boolean isPositive = RoundingKernel.widened(y + (long) i * Bfloat16Matrix.BYTES) > 0;
            float dz = isPositive ? Vectors.get(dy + at) * scale : 0;
            Vectors.set(dy + at, dz);
            Vectors.set(sums + at, Vectors.get(sums + at) + dz);
        }
    }
}
