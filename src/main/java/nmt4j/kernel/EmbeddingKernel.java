package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// Rows of a table by number, scaled, and the way back.
public final class EmbeddingKernel {
    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private EmbeddingKernel() {}

    /// y[t] = scale · table[ids[t]].
    public static void gather(Matrix table, int[] ids, float scale, Matrix y, int from, int to) {
        if (WARM_UP.isOver((long) (to - from) * y.columns()))
            for (int t = from; t < to; t++) axpy(table.row(ids[t]), scale, y.row(t), y.columns(), false);
        else gatherScalars(table, ids, scale, y, from, to);
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void gatherScalars(Matrix table, int[] ids, float scale, Matrix y, int from, int to) {
        for (int t = from; t < to; t++) {
            var row = ScalarRows.row(table.row(ids[t]), y.columns());
            for (int j = 0; j < row.length; j++) row[j] = Math.fma(row[j], scale, 0f); // −0 becomes 0
            ScalarRows.store(row, y.row(t));
        }
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
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) axpyAt(x, s, y, i, LANES, accumulate);
        if (end < n) axpyAt(x, s, y, end, n - end, accumulate);
    }

    private static void axpyAt(long x, float s, long y, int i, int count, boolean accumulate) {
        long at = (long) i * BYTES;
        if (accumulate) put(get(x + at, count).fma(Vectors.broadcast(s), get(y + at, count)), y + at, count);
        else put(get(x + at, count).fma(Vectors.broadcast(s), Vectors.zero()), y + at, count);
    }
}
