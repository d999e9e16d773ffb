package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

/// Rows of a table by number, scaled, and the way back.
public final class EmbeddingKernel {
    private static final int BYTES = Float.BYTES;

    private EmbeddingKernel() {}

    /// y[t] = scale · table[ids[t]].
    public static void gather(Matrix table, int[] ids, float scale, Matrix y, int from, int to) {
        for (int t = from; t < to; t++) axpy(table.row(ids[t]), scale, y.row(t), y.columns(), false);
    }

    /// table[ids[t]] += scale · x[t] for those t of `order` between `from` and `to`, one after the other.
    public static void scatterAdd(Matrix x, int[] ids, int[] order, float scale, Matrix table, int from, int to) {
        for (int i = from; i < to; i++) {
            int t = order[i];
            axpy(x.row(t), scale, table.row(ids[t]), x.columns(), true);
        }
    }

    /// y = x, row by row.
    public static void copy(Matrix x, Matrix y) {
        for (int t = 0; t < x.rows(); t++) Elementwise.copy(x.row(t), y.row(t), x.columns());
    }

    /// y = s x, or y += s x.
    static void axpy(long x, float s, long y, int n, boolean accumulate) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * BYTES;
            int count = Math.min(LANES, n - i);
            if (count == LANES) store(sum(load(x + at), s, accumulate ? load(y + at) : Vectors.zero()), y + at);
            else store(sum(load(x + at, count), s, accumulate ? load(y + at, count) : Vectors.zero()), y + at, count);
        }
    }

    private static FloatVector sum(FloatVector x, float s, FloatVector y) {
        return x.fma(Vectors.broadcast(s), y);
    }
}
