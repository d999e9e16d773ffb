package nmt4j.kernel;

import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.zero;

/// Scalar products with chosen rows of a table. Each is summed in one order, whatever is computed beside it: its bits depend
/// on nothing but its own two rows.
public final class ChosenProductKernel {
    private static final int BYTES = Float.BYTES;
    private static final int ROWS = 4;

    private ChosenProductKernel() {}

    /// z[t, j] = x[t] · table[ids[j]] + bias[0, ids[j]] for rows t from `from` to `to`.
    ///
    /// @param x      [T, H]
    /// @param table  [V, H]
    /// @param bias   [1, V]
    /// @param z      [T, at least ids]
    public static void run(Matrix x, Matrix table, Matrix bias, int[] ids, Matrix z, int from, int to) {
        boolean whole = Vectors.bound(x.columns()) == x.columns(); // else one by one: sizes of tests
        int t = from;
        for (; whole && t + ROWS <= to; t += ROWS) {
            int j = 0;
            for (; j + 2 <= ids.length; j += 2) fourByTwo(x, table, ids[j], ids[j + 1], z, t, j);
            for (int r = t; j < ids.length && r < t + ROWS; r++) one(x, table, ids[j], z, r, j);
        }
        for (; t < to; t++) {
            int j = 0;
            for (; whole && j + 4 <= ids.length; j += 4) oneByFour(x, table, ids, z, t, j);
            for (; j < ids.length; j++) one(x, table, ids[j], z, t, j);
        }
        for (t = from; t < to; t++)
            for (int j = 0; j < ids.length; j++) z.set(t, j, z.get(t, j) + bias.get(0, ids[j]));
    }

    private static void fourByTwo(Matrix x, Matrix table, int id, int next, Matrix z, int t, int j) {
        long end = (long) x.columns() * BYTES;
        long x0 = x.row(t), x1 = x.row(t + 1), x2 = x.row(t + 2), x3 = x.row(t + 3);
        long a = table.row(id), b = table.row(next);
        var s0 = zero();
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        var r0 = s0;
        var r1 = s0;
        var r2 = s0;
        var r3 = s0;
        for (long at = 0; at < end; at += Vectors.BYTES) {
            var u = load(a + at);
            var v = load(b + at);
            var w = load(x0 + at);
            s0 = w.fma(u, s0);
            r0 = w.fma(v, r0);
            w = load(x1 + at);
            s1 = w.fma(u, s1);
            r1 = w.fma(v, r1);
            w = load(x2 + at);
            s2 = w.fma(u, s2);
            r2 = w.fma(v, r2);
            w = load(x3 + at);
            s3 = w.fma(u, s3);
            r3 = w.fma(v, r3);
        }
        z.set(t, j, Vectors.sum(s0));
        z.set(t + 1, j, Vectors.sum(s1));
        z.set(t + 2, j, Vectors.sum(s2));
        z.set(t + 3, j, Vectors.sum(s3));
        z.set(t, j + 1, Vectors.sum(r0));
        z.set(t + 1, j + 1, Vectors.sum(r1));
        z.set(t + 2, j + 1, Vectors.sum(r2));
        z.set(t + 3, j + 1, Vectors.sum(r3));
    }

    private static void oneByFour(Matrix x, Matrix table, int[] ids, Matrix z, int t, int j) {
        long end = (long) x.columns() * BYTES;
        long row = x.row(t);
        long a = table.row(ids[j]), b = table.row(ids[j + 1]), c = table.row(ids[j + 2]), d = table.row(ids[j + 3]);
        var s0 = zero();
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (long at = 0; at < end; at += Vectors.BYTES) {
            var w = load(row + at);
            s0 = w.fma(load(a + at), s0);
            s1 = w.fma(load(b + at), s1);
            s2 = w.fma(load(c + at), s2);
            s3 = w.fma(load(d + at), s3);
        }
        z.set(t, j, Vectors.sum(s0));
        z.set(t, j + 1, Vectors.sum(s1));
        z.set(t, j + 2, Vectors.sum(s2));
        z.set(t, j + 3, Vectors.sum(s3));
    }

    private static void one(Matrix x, Matrix table, int id, Matrix z, int t, int j) {
        z.set(t, j, Elementwise.sumOfProducts(x.row(t), table.row(id), x.columns()));
    }

    /// Row t of y is −∞ but for y[t, ids[j]] = x[t, j].
    public static void spread(Matrix x, int[] ids, Matrix y, int t) {
        Elementwise.fill(y.row(t), y.columns(), Float.NEGATIVE_INFINITY);
        for (int j = 0; j < ids.length; j++) y.set(t, ids[j], x.get(t, j));
    }
}
