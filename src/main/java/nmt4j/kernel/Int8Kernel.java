package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.loadBytes;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Sums of products of whole numbers for a few rows: W, in bytes, is read from memory once.
///
/// A product is at most 127², so `CHUNK` of them add up to less than 2²⁴, up to where float32 has all whole numbers: the fused
/// multiply-add of floats does not round. Such sums are added up in int32.
final class Int8Kernel {
    static final int CHUNK = 1024;
    private static final int ROWS = 4;
    /// Of the usual beam: with the fifth row among the four its products take 7 steps for 9.
    private static final int BEAM = 5;
    private static final int PANELS = 4;
    private static final int WIDTH = Int8Matrix.WIDTH;
    private static final int BYTES = Float.BYTES;

    private Int8Kernel() {}

    /// z = q W, in int32.
    ///
    /// @param q     [m, k], whole numbers from 0 to 127 in float32
    /// @param w     [k, n]
    /// @param z     [m, n]
    /// @param room  for another z, if k is larger than `CHUNK`
    static void sums(Matrix q, Int8Matrix w, Matrix z, Matrix room) {
        Gemm.count(2L * z.size() * w.rows());
        for (int from = 0; from < w.rows(); from += CHUNK) {
            var chunk = from == 0 ? z : room;
            for (int p = 0; p * WIDTH < w.columns(); p += PANELS)
                multiply(q, w, p, from, Math.min(w.rows(), from + CHUNK), chunk);
            for (int t = 0; t < z.rows(); t++) addWhole(chunk.row(t), z.row(t), z.columns(), from > 0);
        }
    }

    private static void addWhole(long chunk, long sum, int n, boolean add) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) addWholeAt(chunk, sum, i, LANES, add);
        if (end < n) addWholeAt(chunk, sum, end, n - end, add);
    }

    private static void addWholeAt(long chunk, long sum, int i, int count, boolean add) {
        long at = (long) i * BYTES;
        var whole = get(chunk + at, count).convert(VectorOperators.F2I, 0).reinterpretAsInts();
        if (add) put(whole.add(get(sum + at, count).reinterpretAsInts()).reinterpretAsFloats(), sum + at, count);
        else put(whole.reinterpretAsFloats(), sum + at, count);
    }

    /// What rows `from` to `to` of `PANELS` panels, or of those that are left, give.
    private static void multiply(Matrix q, Int8Matrix w, int first, int from, int to, Matrix z) {
        int whole = Math.min(first + PANELS, w.columns() / WIDTH);
        long wide = (long) WIDTH * BYTES; // of a panel in z
        long qStep = (long) q.stride() * BYTES;
        long zStep = (long) z.stride() * BYTES;
        int t = 0;
        if (q.rows() == BEAM) {
            for (int j = first; j < whole; j++)
                fiveRows(q.row(0), qStep, w.panel(j), from, to, z.row(0) + j * wide, zStep);
            t = BEAM;
        }
        for (; t + ROWS <= q.rows(); t += ROWS)
            for (int j = first; j < whole; j++)
                fourRows(q.row(t), qStep, w.panel(j), from, to, z.row(t) + j * wide, zStep);
        for (; t < q.rows(); t++)
            if (whole - first == PANELS)
                fourPanels(q.row(t), w.panel(first), w.panelBytes(), from, to, z.row(t) + first * wide);
            else for (int j = first; j < whole; j++)
                onePanel(q.row(t), w.panel(j), from, to, z.row(t) + j * wide, WIDTH);
        int rest = w.columns() - whole * WIDTH;
        if (whole < first + PANELS && rest > 0)
            for (t = 0; t < q.rows(); t++)
                onePanel(q.row(t), w.panel(whole), from, to, z.row(t) + whole * wide, rest);
    }

    /// Four rows by one panel: eight sums in registers.
    private static void fourRows(long q, long qStep, long panel, int from, int to, long z, long zStep) {
        FloatVector s00 = Vectors.zero(), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        for (int l = from; l < to; l++) {
            long at = q + (long) l * BYTES;
            long wAt = panel + (long) l * WIDTH;
            var w0 = loadBytes(wAt);
            var w1 = loadBytes(wAt + LANES);
            var x = Vectors.broadcast(get(at));
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = Vectors.broadcast(get(at + qStep));
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            x = Vectors.broadcast(get(at + 2 * qStep));
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            x = Vectors.broadcast(get(at + 3 * qStep));
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
        }
        long half = Vectors.BYTES;
        store(s00, z);
        store(s01, z + half);
        store(s10, z + zStep);
        store(s11, z + zStep + half);
        store(s20, z + 2 * zStep);
        store(s21, z + 2 * zStep + half);
        store(s30, z + 3 * zStep);
        store(s31, z + 3 * zStep + half);
    }

    /// Five rows by one panel: ten sums in registers.
    private static void fiveRows(long q, long qStep, long panel, int from, int to, long z, long zStep) {
        FloatVector s00 = Vectors.zero(), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00,
                s40 = s00, s41 = s00;
        for (int l = from; l < to; l++) {
            long at = q + (long) l * BYTES;
            long wAt = panel + (long) l * WIDTH;
            var w0 = loadBytes(wAt);
            var w1 = loadBytes(wAt + LANES);
            var x = Vectors.broadcast(get(at));
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = Vectors.broadcast(get(at + qStep));
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            x = Vectors.broadcast(get(at + 2 * qStep));
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            x = Vectors.broadcast(get(at + 3 * qStep));
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
            x = Vectors.broadcast(get(at + 4 * qStep));
            s40 = x.fma(w0, s40);
            s41 = x.fma(w1, s41);
        }
        long half = Vectors.BYTES;
        store(s00, z);
        store(s01, z + half);
        store(s10, z + zStep);
        store(s11, z + zStep + half);
        store(s20, z + 2 * zStep);
        store(s21, z + 2 * zStep + half);
        store(s30, z + 3 * zStep);
        store(s31, z + 3 * zStep + half);
        store(s40, z + 4 * zStep);
        store(s41, z + 4 * zStep + half);
    }

    /// One row by four panels: eight sums in registers.
    private static void fourPanels(long q, long panel, long panelBytes, int from, int to, long z) {
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int l = from; l < to; l++) {
            long p0 = panel + (long) l * WIDTH;
            long p1 = p0 + panelBytes;
            long p2 = p1 + panelBytes;
            long p3 = p2 + panelBytes;
            var x = Vectors.broadcast(get(q + (long) l * BYTES));
            s0 = x.fma(loadBytes(p0), s0);
            s1 = x.fma(loadBytes(p0 + LANES), s1);
            s2 = x.fma(loadBytes(p1), s2);
            s3 = x.fma(loadBytes(p1 + LANES), s3);
            s4 = x.fma(loadBytes(p2), s4);
            s5 = x.fma(loadBytes(p2 + LANES), s5);
            s6 = x.fma(loadBytes(p3), s6);
            s7 = x.fma(loadBytes(p3 + LANES), s7);
        }
        long step = Vectors.BYTES;
        store(s0, z);
        store(s1, z + step);
        store(s2, z + 2 * step);
        store(s3, z + 3 * step);
        store(s4, z + 4 * step);
        store(s5, z + 5 * step);
        store(s6, z + 6 * step);
        store(s7, z + 7 * step);
    }

    /// One row by the first `count` columns of a panel.
    private static void onePanel(long q, long panel, int from, int to, long z, int count) {
        FloatVector s0 = Vectors.zero(), s1 = s0;
        for (int l = from; l < to; l++) {
            long at = panel + (long) l * WIDTH;
            var x = Vectors.broadcast(get(q + (long) l * BYTES));
            s0 = x.fma(loadBytes(at), s0);
            s1 = x.fma(loadBytes(at + LANES), s1);
        }
        put(s0, z, Math.min(LANES, count));
        if (count > LANES) put(s1, z + Vectors.BYTES, count - LANES);
    }
}
