package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// The gated linear unit (Dauphin et al. 2017), y = a ⊗ σ(b), of two halves that stand side by side, with their bias.
public final class GluKernel {
    private static final int BYTES = Float.BYTES;

    private GluKernel() {}

    /// y = a ⊗ σ(b) for [a, b] = z + bias, which z keeps.
    ///
    /// @param z     [T, 2H]
    /// @param bias  [1, 2H]
    /// @param y     [T, H]
    public static void forward(Matrix z, Matrix bias, Matrix y, int from, int to) {
        int n = y.columns();
        long next = (long) n * BYTES;
        for (int t = from; t < to; t++) {
            for (int i = 0; i < n; i += LANES) {
                long at = (long) i * BYTES;
                int count = Math.min(LANES, n - i);
                long first = z.row(t) + at;
                var a = get(first, count).add(get(bias.address() + at, count));
                var b = get(first + next, count).add(get(bias.address() + next + at, count));
                put(a, first, count);
                put(b, first + next, count);
                put(a.mul(Functions.logistic(b)), y.row(t) + at, count);
            }
        }
    }

    /// da = dy ⊗ σ(b) and db = dy ⊗ a ⊗ σ(b) ⊗ (1 − σ(b)), over a and b; and their sums over these rows.
    ///
    /// @param z     [T, 2H]
    /// @param dy    [T, H]
    /// @param sums  [1, 2H]
    public static void backward(Matrix z, Matrix dy, Matrix sums, int from, int to) {
        int n = dy.columns();
        long next = (long) n * BYTES;
        sums.fill(0);
        for (int t = from; t < to; t++) {
            for (int i = 0; i < n; i += LANES) {
                long at = (long) i * BYTES;
                int count = Math.min(LANES, n - i);
                long first = z.row(t) + at;
                var gate = Functions.logistic(get(first + next, count));
                var da = get(dy.row(t) + at, count).mul(gate);
                var db = da.mul(get(first, count)).mul(gate.neg().add(1f));
                put(da, first, count);
                put(db, first + next, count);
                long sum = sums.address() + at;
                put(get(sum, count).add(da), sum, count);
                put(get(sum + next, count).add(db), sum + next, count);
            }
        }
    }
}
