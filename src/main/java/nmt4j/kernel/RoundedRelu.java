package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.loadBfloat16;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.VectorOperators;

/// Bias, ReLU and dropout behind a product, and back, where the result is kept in bfloat16 alone: what was negative or dropped
/// is 0, which is all that its gradient needs to know. Dropout indices are those of `ActivationKernel`.
public final class RoundedRelu {
    private RoundedRelu() {}

    /// Row t of y = dropout(max(z + bias, 0)), rounded.
    ///
    /// @param z     the row of the product; it is written over
    /// @param bias  [1, F]
    /// @param y     [T, F]
    public static void forward(Matrix z, Matrix bias, Bfloat16Matrix y, Dropout dropout, int t) {
        int n = bias.columns();
        ActivationKernel.forward(Activation.RELU, z.address(), bias, z.address(), dropout, t * n);
        RoundingKernel.round(z.address(), y.row(t), n);
    }

    /// Row t of dz, rounded, and sums += dz before it is: dz is dropout(dy) where y is positive, else 0.
    ///
    /// @param y     [T, F]
    /// @param dy    the row of y's gradient; dz is written over it
    /// @param sums  [1, F]
    /// @param dz    [T, F]
    public static void backward(Bfloat16Matrix y, Matrix dy, Dropout dropout, Matrix sums, Bfloat16Matrix dz, int t) {
        slope(y.row(t), dy.address(), dropout.scale(), sums.address(), dy.columns());
        RoundingKernel.round(dy.address(), dz.row(t), dy.columns());
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
