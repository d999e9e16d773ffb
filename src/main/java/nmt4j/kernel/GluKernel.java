package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// The gated linear unit (Dauphin et al. 2017), y = a ⊗ σ(b), of two halves that stand side by side, with their bias.
public final class GluKernel {
    private static final int BYTES = Float.BYTES;

    private GluKernel() {}

    /// y = a ⊗ σ(b) for [a, b] = z + bias; z keeps a and σ(b).
    ///
    /// @param z     [T, 2H]
    /// @param bias  [1, 2H]
    /// @param y     [T, H]
    public static void forward(Matrix z, Matrix bias, Matrix y, int from, int to) {
        int n = y.columns();
        for (int t = from; t < to; t++) {
            long a = z.row(t);
            long b = a + (long) n * BYTES;
            Elementwise.add(bias.address(), a, 2 * n);
            Elementwise.logistic(b, b, n);
            Elementwise.multiply(a, b, y.row(t), n);
        }
    }

    /// da = dy ⊗ σ(b) and db = dy ⊗ a ⊗ σ(b) ⊗ (1 − σ(b)), over a and σ(b); and their sums over these rows.
    ///
    /// @param z     [T, 2H], as `forward` left it
    /// @param dy    [T, H]
    /// @param sums  [1, 2H]
    public static void backward(Matrix z, Matrix dy, Matrix sums, int from, int to) {
        int n = dy.columns();
        int end = bound(n);
        sums.fill(0);
        for (int t = from; t < to; t++) {
            for (int i = 0; i < end; i += LANES) backwardAt(z.row(t), dy.row(t), n, i, LANES);
            if (end < n) backwardAt(z.row(t), dy.row(t), n, end, n - end);
            Elementwise.add(z.row(t), sums.address(), 2 * n);
        }
    }

    private static void backwardAt(long z, long dy, int n, int i, int count) {
        long a = z + (long) i * BYTES;
        long b = a + (long) n * BYTES;
        var gate = get(b, count);
        var da = get(dy + (long) i * BYTES, count).mul(gate);
        put(da.mul(get(a, count)).mul(gate.neg().add(1f)), b, count);
        put(da, a, count);
    }
}
