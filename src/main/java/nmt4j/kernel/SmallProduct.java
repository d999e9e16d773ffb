package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

/// Products of matrices that fit into the first caches, where a library call would cost more than the product: attention's.
/// Each element is summed over k in order, so its bits do not depend on the other rows and columns.
final class SmallProduct {
    private static final int BYTES = Float.BYTES;
    private static final int ROWS = 4;

    private SmallProduct() {}

    /// c = a · b, or c += a · b.
    ///
    /// @param a  [m, k]
    /// @param b  [k, n]
    /// @param c  [m, n]
    static void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        multiply(new Left(a.address(), (long) a.stride() * BYTES, BYTES), b, c, accumulate);
    }

    /// c = aᵀ · b, or c += aᵀ · b.
    ///
    /// @param a  [k, m]
    static void multiplyTransposed(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        multiply(new Left(a.address(), BYTES, (long) a.stride() * BYTES), b, c, accumulate);
    }

    /// The left factor's elements are read one by one, so it may lie in memory either way.
    private record Left(long address, long rowStep, long columnStep) {}

    private static void multiply(Left a, Matrix b, Matrix c, boolean accumulate) {
        int m = c.rows();
        int i = 0;
        for (; i + ROWS <= m; i += ROWS) fourRows(a.address + i * a.rowStep, a, b, c.row(i), c, accumulate);
        for (; i < m; i++) oneRow(a.address + i * a.rowStep, a, b, c.row(i), c.columns(), accumulate);
    }

    private static void fourRows(long a, Left left, Matrix b, long c, Matrix shape, boolean accumulate) {
        int n = shape.columns();
        long cStep = (long) shape.stride() * BYTES;
        int j = 0;
        for (; j + 2 * LANES <= n; j += 2 * LANES)
            block(a, left, b, b.address() + (long) j * BYTES, c + (long) j * BYTES, cStep, accumulate);
        for (; j < n; j += LANES) narrow(a, left, b, j, c, cStep, Math.min(LANES, n - j), accumulate);
    }

    /// Four rows by one vector, or by the first lanes of one.
    private static void narrow(long a0, Left left, Matrix b, int j, long c, long cStep, int count, boolean accumulate) {
        long bAt = b.address() + (long) j * BYTES;
        long bStep = (long) b.stride() * BYTES;
        long a1 = a0 + left.rowStep;
        long a2 = a1 + left.rowStep;
        long a3 = a2 + left.rowStep;
        long c0 = c + (long) j * BYTES;
        long c1 = c0 + cStep;
        long c2 = c1 + cStep;
        long c3 = c2 + cStep;
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0;
        if (accumulate) {
            s0 = get(c0, count);
            s1 = get(c1, count);
            s2 = get(c2, count);
            s3 = get(c3, count);
        }
        long columnStep = left.columnStep;
        long end = columnStep * b.rows();
        for (long l = 0; l != end; l += columnStep, bAt += bStep) {
            var y = get(bAt, count);
            s0 = Vectors.broadcast(Vectors.get(a0 + l)).fma(y, s0);
            s1 = Vectors.broadcast(Vectors.get(a1 + l)).fma(y, s1);
            s2 = Vectors.broadcast(Vectors.get(a2 + l)).fma(y, s2);
            s3 = Vectors.broadcast(Vectors.get(a3 + l)).fma(y, s3);
        }
        put(s0, c0, count);
        put(s1, c1, count);
        put(s2, c2, count);
        put(s3, c3, count);
    }

    /// Four rows by two vectors: eight sums in registers.
    private static void block(long a0, Left left, Matrix b, long bAt, long c0, long cStep, boolean accumulate) {
        int k = b.rows();
        long bStep = (long) b.stride() * BYTES;
        long half = Vectors.BYTES;
        long rowStep = left.rowStep;
        long columnStep = left.columnStep;
        long a1 = a0 + rowStep;
        long a2 = a1 + rowStep;
        long a3 = a2 + rowStep;
        long c1 = c0 + cStep;
        long c2 = c1 + cStep;
        long c3 = c2 + cStep;
        FloatVector s00 = Vectors.zero(), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        if (accumulate) {
            s00 = load(c0);
            s01 = load(c0 + half);
            s10 = load(c1);
            s11 = load(c1 + half);
            s20 = load(c2);
            s21 = load(c2 + half);
            s30 = load(c3);
            s31 = load(c3 + half);
        }
        for (int l = 0; l < k; l++) {
            var b0 = load(bAt);
            var b1 = load(bAt + half);
            var x = Vectors.broadcast(Vectors.get(a0));
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = Vectors.broadcast(Vectors.get(a1));
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = Vectors.broadcast(Vectors.get(a2));
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = Vectors.broadcast(Vectors.get(a3));
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            a0 += columnStep;
            a1 += columnStep;
            a2 += columnStep;
            a3 += columnStep;
            bAt += bStep;
        }
        store(s00, c0);
        store(s01, c0 + half);
        store(s10, c1);
        store(s11, c1 + half);
        store(s20, c2);
        store(s21, c2 + half);
        store(s30, c3);
        store(s31, c3 + half);
    }

    /// A row, a vector at a time.
    private static void oneRow(long a, Left left, Matrix b, long c, int n, boolean accumulate) {
        for (int j = 0; j < n; j += LANES) partOfRow(a, left.columnStep, b, c, j, Math.min(LANES, n - j), accumulate);
    }

    private static void partOfRow(long a, long aStep, Matrix b, long c, int j, int count, boolean accumulate) {
        long at = (long) j * BYTES;
        long bStep = (long) b.stride() * BYTES;
        long bAt = b.address() + at;
        var sum = Vectors.zero();
        if (accumulate) sum = get(c + at, count);
        for (int l = 0, k = b.rows(); l < k; l++, a += aStep, bAt += bStep)
            sum = Vectors.broadcast(Vectors.get(a)).fma(get(bAt, count), sum);
        put(sum, c + at, count);
    }
}
