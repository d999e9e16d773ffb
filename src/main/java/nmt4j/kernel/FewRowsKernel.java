package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.broadcast;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

/// z = x W for a few rows: it goes through W once, as it lies in memory, and keeps the sums in the first cache.
///
/// Sums are made in the order in which oneDNN makes them (2.3 of ND4J 1.0.0-M2.1, and 3.8): by fused multiply-add over blocks of up to
/// 256 rows of W on AVX2, 384 on AVX-512, which are added to each other.
final class FewRowsKernel {
    private static final int BLOCK = Gemm.usesAvx512() ? 384 : 256;
    private static final int BYTES = Float.BYTES;

    private FewRowsKernel() {}

    /// @param x  [m, k]
    /// @param w  [k, n], n whole vectors
    /// @param z  [m, n]
    static void multiply(Matrix x, Matrix w, Matrix z) {
        Gemm.count(2L * z.size() * w.rows());
        z.fill(0);
        int end = block(w.rows());
        addTo(z, x, w, 0, end);
        if (end == w.rows()) return;
        var sums = new Matrix(Scratch.floats(z.size()), z.rows(), z.columns());
        for (int from = end; from < w.rows(); from = end) {
            end = from + block(w.rows() - from);
            sums.fill(0);
            addTo(sums, x, w, from, end);
            for (int t = 0; t < z.rows(); t++) Elementwise.add(sums.row(t), z.row(t), z.columns());
        }
    }

    /// Rows of the next block, if so many are left; its sum is added to that of those before.
    static int block(int left) {
        if (left >= 2 * BLOCK) return BLOCK;
        return left > BLOCK ? (left + 1) / 2 : left;
    }

    /// sums += x W of rows `from` to `to` of W, one after the other.
    private static void addTo(Matrix sums, Matrix x, Matrix w, int from, int to) {
        int rows = sums.rows();
        int n = sums.columns();
        long step = (long) w.stride() * BYTES;
        int l = from;
        for (; l + 4 <= to; l += 4) {
            long at = (long) l * BYTES;
            for (int t = 0; t + 2 <= rows; t += 2)
                addFourToTwo(x.row(t) + at, x.row(t + 1) + at, w.row(l), step, sums.row(t), sums.row(t + 1), n);
            if (rows % 2 == 1) addFour(x.row(rows - 1) + at, w.row(l), step, sums.row(rows - 1), n);
        }
        for (; l < to; l++)
            for (int t = 0; t < rows; t++) Elementwise.axpy(w.row(l), x.get(t, l), sums.row(t), n, true);
    }

    private static void addFour(long x, long w, long step, long sums, int n) {
        var x0 = broadcast(get(x));
        var x1 = broadcast(get(x + BYTES));
        var x2 = broadcast(get(x + 2 * BYTES));
        var x3 = broadcast(get(x + 3 * BYTES));
        for (int j = 0; j < n; j += LANES) {
            long at = (long) j * BYTES;
            var sum = x0.fma(load(w + at), load(sums + at));
            sum = x1.fma(load(w + step + at), sum);
            sum = x2.fma(load(w + 2 * step + at), sum);
            store(x3.fma(load(w + 3 * step + at), sum), sums + at);
        }
    }

    /// The same of two rows x and y, for which W is loaded once.
    private static void addFourToTwo(long x, long y, long w, long step, long ofX, long ofY, int n) {
        var x0 = broadcast(get(x));
        var x1 = broadcast(get(x + BYTES));
        var x2 = broadcast(get(x + 2 * BYTES));
        var x3 = broadcast(get(x + 3 * BYTES));
        var y0 = broadcast(get(y));
        var y1 = broadcast(get(y + BYTES));
        var y2 = broadcast(get(y + 2 * BYTES));
        var y3 = broadcast(get(y + 3 * BYTES));
        for (int j = 0; j < n; j += LANES) {
            long at = (long) j * BYTES;
            var row = load(w + at);
            var sum = x0.fma(row, load(ofX + at));
            var other = y0.fma(row, load(ofY + at));
            row = load(w + step + at);
            sum = x1.fma(row, sum);
            other = y1.fma(row, other);
            row = load(w + 2 * step + at);
            sum = x2.fma(row, sum);
            other = y2.fma(row, other);
            row = load(w + 3 * step + at);
            store(x3.fma(row, sum), ofX + at);
            store(y3.fma(row, other), ofY + at);
        }
    }
}
