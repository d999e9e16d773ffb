package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.loadBfloat16;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.incubator.vector.FloatVector;

/// Products z = x W of float32 rows with weights in bfloat16, which are float32 numbers that take half the memory: what is
/// computed is what float32 computes of them, and only the weights are rounded, on any processor.
///
/// Of a few rows, where reading W is what takes the time, the kernel here reads it once; for more, some columns at a time are
/// written out for `Gemm`. Both give a row the same bits, which is seen by trying, as in `RowProduct`; where they do not, all
/// is left to `Gemm`.
final class WideningProduct {
    /// The most rows for which the kernel is faster.
    private static final int FEW = 6;
    /// As in `RowProduct`.
    private static final int MANY = 240;
    /// Columns that are written out at a time, at most, and floats in them.
    private static final int STRIP = 256;
    private static final int STRIP_FLOATS = 1 << 18;
    private static final int ROWS = 4;
    private static final int PANELS = 4;
    private static final int WIDTH = PackedMatrix.WIDTH;
    private static final int BYTES = Float.BYTES;

    private static final Map<Long, Boolean> SAME_BITS = new ConcurrentHashMap<>();

    private WideningProduct() {}

    /// Rows `from` to `to` of z = x W, see `PackedMatrix.multiply`.
    static void multiply(Matrix x, Bfloat16Weight w, Matrix z, int from, int to) {
        if (x.columns() != w.rows() || z.columns() != w.columns())
            throw new IllegalArgumentException("product of " + x + " and " + w + " into " + z);
        if (to - from <= FEW && RowProduct.isLater() && isKernelAlike(w.rows(), w.columns()))
            few(x.rows(from, to), w, z.rows(from, to));
        else many(x, w, z, from, to);
        if (w.scales() != null) for (int t = from; t < to; t++)
            Elementwise.multiply(z.row(t), w.scales().address(), z.row(t), w.columns());
    }

    /// Columns of a strip of a weight with k rows.
    private static int strip(int k) {
        return Math.clamp(STRIP_FLOATS / k / WIDTH * WIDTH, WIDTH, STRIP);
    }

    /// Whatever z is a part of, `Gemm` writes memory of its own: its bits are those that were tried.
    private static void many(Matrix x, Bfloat16Weight w, Matrix z, int from, int to) {
        int k = w.rows();
        int strip = strip(k);
        boolean begins = from % Gemm.ROWS == 0; // a group, for which there is room
        int copied = begins ? 0 : Gemm.roundUp(to - from);
        long scratch = Scratch.floats((long) strip * (k + MANY) + (long) copied * k);
        var rows = x.rows(from, to);
        var left = begins ? rows : copy(rows, scratch + (long) strip * (k + MANY) * BYTES);
        for (int j = 0; j < w.columns(); j += strip) {
            int columns = Math.min(strip, w.columns() - j);
            var wide = new Matrix(scratch, k, (columns + WIDTH - 1) / WIDTH * WIDTH);
            for (int p = 0; p < wide.columns(); p += WIDTH)
                writeOut(w.panel((j + p) / WIDTH), k, scratch + (long) p * BYTES, wide.columns());
            var part = z.rows(from, to).columns(j, j + columns);
            for (int t = 0; t < part.rows(); t += MANY) {
                int end = Math.min(part.rows(), t + MANY);
                multiply(Gemm.toCompute(left, t, end), wide, part.rows(t, end));
            }
        }
    }

    private static Matrix copy(Matrix x, long to) {
        var copy = new Matrix(to, x.rows(), x.columns());
        Elementwise.copy(x, copy);
        return copy;
    }

    /// z's rows of x · wide.
    ///
    /// @param x     with as many rows as `Gemm` computes
    /// @param wide  with columns of 0 behind, and room for a product behind itself
    private static void multiply(Matrix x, Matrix wide, Matrix z) {
        var product = new Matrix(wide.address() + wide.size() * BYTES, x.rows(), wide.columns());
        Gemm.productOfRows(x, wide, product);
        for (int t = 0; t < z.rows(); t++) Elementwise.copy(product.row(t), z.row(t), z.columns());
    }

    private static void writeOut(long panel, int rows, long to, int stride) {
        for (int i = 0; i < rows; i++) {
            long at = panel + (long) i * WIDTH * Short.BYTES;
            long out = to + (long) i * stride * BYTES;
            store(loadBfloat16(at), out);
            store(loadBfloat16(at + LANES * Short.BYTES), out + Vectors.BYTES);
        }
    }

    /// The kernel: sums in the order of `FewRowsKernel`, but in registers.
    static void few(Matrix x, Bfloat16Weight w, Matrix z) {
        Gemm.count(2L * z.size() * w.rows());
        int k = w.rows();
        for (int p = 0; p * WIDTH < w.columns(); p += PANELS)
            for (int from = 0, to; from < k; from = to) {
                to = from + FewRowsKernel.block(k - from);
                addBlock(x, w, p, from, to, z);
            }
    }

    /// Adds to z, or at first leaves there, what rows `from` to `to` of `PANELS` panels, or of those that are left, give.
    private static void addBlock(Matrix x, Bfloat16Weight w, int first, int from, int to, Matrix z) {
        int whole = Math.min(first + PANELS, w.columns() / WIDTH);
        long wide = (long) WIDTH * BYTES; // of a panel in z
        long xStep = (long) x.stride() * BYTES;
        long zStep = (long) z.stride() * BYTES;
        int t = 0;
        for (; t + ROWS <= x.rows(); t += ROWS)
            for (int j = first; j < whole; j++)
                fourRows(x.row(t), xStep, w.panel(j), from, to, z.row(t) + j * wide, zStep);
        for (; t < x.rows(); t++)
            if (whole - first == PANELS)
                fourPanels(x.row(t), w.panel(first), w.panelBytes(), from, to, z.row(t) + first * wide);
            else for (int j = first; j < whole; j++)
                onePanel(x.row(t), w.panel(j), from, to, z.row(t) + j * wide, WIDTH);
        int rest = w.columns() - whole * WIDTH;
        if (whole < first + PANELS && rest > 0)
            for (t = 0; t < x.rows(); t++)
                onePanel(x.row(t), w.panel(whole), from, to, z.row(t) + whole * wide, rest);
    }

    /// Rows `from` to `to` of one panel for four rows of x: eight sums in registers.
    private static void fourRows(long x, long xStep, long panel, int from, int to, long z, long zStep) {
        FloatVector s00 = Vectors.zero(), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        for (int l = from; l < to; l++) {
            long at = x + (long) l * BYTES;
            long wAt = panel + (long) l * WIDTH * Short.BYTES;
            var w0 = loadBfloat16(wAt);
            var w1 = loadBfloat16(wAt + LANES * Short.BYTES);
            var a = Vectors.broadcast(get(at));
            s00 = a.fma(w0, s00);
            s01 = a.fma(w1, s01);
            a = Vectors.broadcast(get(at + xStep));
            s10 = a.fma(w0, s10);
            s11 = a.fma(w1, s11);
            a = Vectors.broadcast(get(at + 2 * xStep));
            s20 = a.fma(w0, s20);
            s21 = a.fma(w1, s21);
            a = Vectors.broadcast(get(at + 3 * xStep));
            s30 = a.fma(w0, s30);
            s31 = a.fma(w1, s31);
        }
        long half = Vectors.BYTES;
        boolean add = from > 0;
        leaveAt(s00, z, add);
        leaveAt(s01, z + half, add);
        leaveAt(s10, z + zStep, add);
        leaveAt(s11, z + zStep + half, add);
        leaveAt(s20, z + 2 * zStep, add);
        leaveAt(s21, z + 2 * zStep + half, add);
        leaveAt(s30, z + 3 * zStep, add);
        leaveAt(s31, z + 3 * zStep + half, add);
    }

    /// Rows `from` to `to` of four panels for one row of x: eight sums in registers.
    private static void fourPanels(long x, long panel, long panelBytes, int from, int to, long z) {
        long half = LANES * Short.BYTES;
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int l = from; l < to; l++) {
            long p0 = panel + (long) l * WIDTH * Short.BYTES;
            long p1 = p0 + panelBytes;
            long p2 = p1 + panelBytes;
            long p3 = p2 + panelBytes;
            var a = Vectors.broadcast(get(x + (long) l * BYTES));
            s0 = a.fma(loadBfloat16(p0), s0);
            s1 = a.fma(loadBfloat16(p0 + half), s1);
            s2 = a.fma(loadBfloat16(p1), s2);
            s3 = a.fma(loadBfloat16(p1 + half), s3);
            s4 = a.fma(loadBfloat16(p2), s4);
            s5 = a.fma(loadBfloat16(p2 + half), s5);
            s6 = a.fma(loadBfloat16(p3), s6);
            s7 = a.fma(loadBfloat16(p3 + half), s7);
        }
        long step = Vectors.BYTES;
        boolean add = from > 0;
        leaveAt(s0, z, add);
        leaveAt(s1, z + step, add);
        leaveAt(s2, z + 2 * step, add);
        leaveAt(s3, z + 3 * step, add);
        leaveAt(s4, z + 4 * step, add);
        leaveAt(s5, z + 5 * step, add);
        leaveAt(s6, z + 6 * step, add);
        leaveAt(s7, z + 7 * step, add);
    }

    private static void leaveAt(FloatVector sum, long z, boolean add) {
        if (add) store(load(z).add(sum), z);
        else store(sum, z);
    }

    /// The same of the first `count` columns of one panel.
    private static void onePanel(long x, long panel, int from, int to, long z, int count) {
        FloatVector s0 = Vectors.zero(), s1 = s0;
        for (int l = from; l < to; l++) {
            long at = panel + (long) l * WIDTH * Short.BYTES;
            var a = Vectors.broadcast(get(x + (long) l * BYTES));
            s0 = a.fma(loadBfloat16(at), s0);
            s1 = a.fma(loadBfloat16(at + LANES * Short.BYTES), s1);
        }
        leaveAt(s0, z, Math.min(LANES, count), from > 0);
        if (count > LANES) leaveAt(s1, z + Vectors.BYTES, count - LANES, from > 0);
    }

    private static void leaveAt(FloatVector sum, long z, int count, boolean add) {
        if (add) put(get(z, count).add(sum), z, count);
        else put(sum, z, count);
    }

    /// Whether the kernel's bits are those of `Gemm` for weights [k, n].
    static boolean isKernelAlike(int k, int n) {
        int strip = strip(k);
        int last = n % strip;
        return (n < strip || isStripAlike(k, strip))
                && (last == 0 || isStripAlike(k, (last + WIDTH - 1) / WIDTH * WIDTH));
    }

    private static boolean isStripAlike(int k, int columns) {
        return SAME_BITS.computeIfAbsent((long) k << 32 | columns, _ -> tried(k, columns));
    }

    private static boolean tried(int k, int n) {
        try (var arena = new Arena()) {
            var x = RowProduct.noise(arena.matrix(Gemm.ROWS, k), 1);
            var w = Rounded.of(RowProduct.noise(arena.matrix(k, n), 2).toArray(), k, n, Unpacked.Axis.COLUMN)
                    .pack(arena);
            var group = arena.matrix(Gemm.ROWS, n);
            var few = arena.matrix(FEW, n);
            many(x, w, group, 0, Gemm.ROWS);
            few(x.rows(0, FEW), w, few);
            return RowProduct.areAlike(few, group);
        }
    }
}
