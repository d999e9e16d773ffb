package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.broadcast;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.known;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.step;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

/// Products of matrices that fit into the first caches, where a library call would cost more than the product: attention's.
/// Each element is summed over k in order, so its bits do not depend on the other rows and columns.
///
/// The result is made in blocks whose sums stay in registers. The last block of rows reaches back to where there are enough
/// rows for one, and makes some of them twice.
final class SmallProduct {
    private static final int BYTES = Float.BYTES;
    private static final int ROWS = 4;
    private static final long VECTOR = Vectors.BYTES;

    private SmallProduct() {}

    /// c = a · b.
    ///
    /// @param a  [m, k]
    /// @param b  [k, n]
    /// @param c  [m, n], other memory than a's and b's
    static void multiply(Matrix a, Matrix b, Matrix c) {
        multiply(new Left(a.address(), a.stride(), 1), b, c);
    }

    /// c = aᵀ · b.
    ///
    /// @param a  [k, m]
    static void multiplyTransposed(Matrix a, Matrix b, Matrix c) {
        multiply(new Left(a.address(), 1, a.stride()), b, c);
    }

    /// The left factor's elements are read one by one, so it may lie in memory either way.
    ///
    /// @param rowStep     elements from one row to the next
    /// @param columnStep  elements from one column to the next
    private record Left(long address, int rowStep, int columnStep) {
        long row(int i) {
            return address + (long) i * rowStep * BYTES;
        }
    }

    private static void multiply(Left a, Matrix b, Matrix c) {
        int n = c.columns();
        int j = 0;
        for (; j + 2 * LANES <= n; j += 2 * LANES) twoVectors(a, b, c, j);
        for (; j < n; j += LANES) oneVector(a, b, c, j, Math.min(LANES, n - j));
    }

    private static void twoVectors(Left a, Matrix b, Matrix c, int j) {
        int last = c.rows() - ROWS;
        if (last < 0) {
            oneVector(a, b, c, j, LANES);
            oneVector(a, b, c, j + LANES, LANES);
            return;
        }
        for (int i = 0; i < c.rows(); i += ROWS) fourRowsByTwo(a, b, c, Math.min(i, last), j);
    }

    private static void oneVector(Left a, Matrix b, Matrix c, int j, int count) {
        int m = c.rows();
        int last = m - ROWS;
        if (last < 0) {
            for (int i = 0; i < m; i++) oneRow(a, b, c, i, j, count);
            return;
        }
        for (int i = 0; i < m; i += 2 * ROWS)
            twiceFourRows(a, b, c, Math.min(i, last), Math.min(i + ROWS, last), j, count);
    }

    /// Four rows by two vectors: eight sums.
    private static void fourRowsByTwo(Left a, Matrix b, Matrix c, int i, int j) {
        long aRow = step(a.rowStep);
        long aColumn = step(a.columnStep);
        long bRow = step(b.stride());
        FloatVector s00 = Vectors.zero(), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        long aAt = a.row(i);
        long bAt = b.address() + (long) j * BYTES;
        for (int l = 0, k = b.rows(); l < k; l++, aAt += aColumn, bAt += bRow) {
            long y = known(bAt);
            var y0 = load(y);
            var y1 = load(y + VECTOR);
            long at = known(aAt);
            var x = broadcast(get(at));
            s00 = x.fma(y0, s00);
            s01 = x.fma(y1, s01);
            x = broadcast(get(at + aRow));
            s10 = x.fma(y0, s10);
            s11 = x.fma(y1, s11);
            x = broadcast(get(at + 2 * aRow));
            s20 = x.fma(y0, s20);
            s21 = x.fma(y1, s21);
            x = broadcast(get(at + 3 * aRow));
            s30 = x.fma(y0, s30);
            s31 = x.fma(y1, s31);
        }
        long to = known(c.row(i) + (long) j * BYTES);
        long cRow = step(c.stride());
        store(s00, to);
        store(s01, to + VECTOR);
        store(s10, to + cRow);
        store(s11, to + cRow + VECTOR);
        store(s20, to + 2 * cRow);
        store(s21, to + 2 * cRow + VECTOR);
        store(s30, to + 3 * cRow);
        store(s31, to + 3 * cRow + VECTOR);
    }

    /// Four rows and another four by one vector, or by the first lanes of one: eight sums as well.
    ///
    /// @param first, second  where they begin, the second four not before the first
    private static void twiceFourRows(Left a, Matrix b, Matrix c, int first, int second, int j, int count) {
        long aRow = step(a.rowStep);
        long aColumn = step(a.columnStep);
        long bRow = step(b.stride());
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        long aAt = a.row(first);
        long apart = a.row(second) - aAt;
        long bAt = b.address() + (long) j * BYTES;
        for (int l = 0, k = b.rows(); l < k; l++, aAt += aColumn, bAt += bRow) {
            var y = get(known(bAt), count);
            long at = known(aAt);
            s0 = broadcast(get(at)).fma(y, s0);
            s1 = broadcast(get(at + aRow)).fma(y, s1);
            s2 = broadcast(get(at + 2 * aRow)).fma(y, s2);
            s3 = broadcast(get(at + 3 * aRow)).fma(y, s3);
            at = known(aAt + apart);
            s4 = broadcast(get(at)).fma(y, s4);
            s5 = broadcast(get(at + aRow)).fma(y, s5);
            s6 = broadcast(get(at + 2 * aRow)).fma(y, s6);
            s7 = broadcast(get(at + 3 * aRow)).fma(y, s7);
        }
        long cRow = step(c.stride());
        long to = known(c.row(first) + (long) j * BYTES);
        put(s0, to, count);
        put(s1, to + cRow, count);
        put(s2, to + 2 * cRow, count);
        put(s3, to + 3 * cRow, count);
        to = known(c.row(second) + (long) j * BYTES);
        put(s4, to, count);
        put(s5, to + cRow, count);
        put(s6, to + 2 * cRow, count);
        put(s7, to + 3 * cRow, count);
    }

    /// A row by one vector, or by the first lanes of one.
    private static void oneRow(Left a, Matrix b, Matrix c, int i, int j, int count) {
        long aColumn = step(a.columnStep);
        long bRow = step(b.stride());
        var sum = Vectors.zero();
        long aAt = a.row(i);
        long bAt = b.address() + (long) j * BYTES;
        for (int l = 0, k = b.rows(); l < k; l++, aAt += aColumn, bAt += bRow)
            sum = broadcast(get(known(aAt))).fma(get(known(bAt), count), sum);
        put(sum, c.row(i) + (long) j * BYTES, count);
    }
}
