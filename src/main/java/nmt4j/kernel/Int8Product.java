package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.loadBytes;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Products with int8 weights, z = x W. Each row of x is quantised on the fly, by itself: q = round(127 x / max |x|). The sums
/// of products of such numbers are exact on any CPU, so a row's bits depend on nothing but the row:
///
/// - No instruction that saturates is used. (x86 without VNNI has one for bytes, `vpmaddubsw`, that cuts sums of two products
///   off at 2¹⁵; oneDNN's int8 product is made of it there: 127 · 127 + 127 · 127 + … comes out wrong.)
/// - A product is at most 127², so `CHUNK` of them add up to less than 2²⁴, up to where float32 has all whole numbers: the
///   fused multiply-add of floats does not round. Longer sums are made of such parts, in int32.
///
/// So the sums of many rows can be left to the product of floats, in whatever order it adds.
final class Int8Product {
    static final int CHUNK = 1024;
    private static final int ROWS = 4;
    private static final int PANELS = 4;
    /// From so many rows on it pays to write the numbers of W out as floats, for the faster product of floats.
    private static final int MANY = 2 * Gemm.ROWS;
    /// Columns that are written out at a time, whole panels: with all rows they fit into the second cache.
    private static final int STRIP = 256;
    /// Rows of long sums at a time: parts of all of them take memory.
    private static final int LONG = 8 * Gemm.ROWS;
    private static final int BYTES = Float.BYTES;
    private static final float ROUND = 12582912f; // 1.5 · 2²³: adding it, and taking it away, rounds to a whole number
    private static final int DEEPEST = Integer.MAX_VALUE / (Quantized.LARGEST * Quantized.LARGEST);

    private Int8Product() {}

    /// Rows `from` to `to` of z = x W.
    ///
    /// @param x  [m, k]
    /// @param w  [k, n]
    /// @param z  [m, n]
    static void multiply(Matrix x, Int8Matrix w, Matrix z, int from, int to) {
        if (x.columns() != w.rows() || z.columns() != w.columns() || w.rows() > DEEPEST)
            throw new IllegalArgumentException("product of " + x + " and " + w + " into " + z);
        int step = w.rows() > CHUNK ? LONG : Math.max(1, to - from);
        for (int at = from; at < to; at += step) multiplyAtOnce(x, w, z, at, Math.min(to, at + step));
    }

    private static void multiplyAtOnce(Matrix x, Int8Matrix w, Matrix z, int from, int to) {
        int m = to - from;
        int stride = (w.rows() + LANES - 1) / LANES * LANES;
        int depth = Math.min(w.rows(), CHUNK);
        boolean isLong = w.rows() > CHUNK;
        long scratch =
                Scratch.floats((long) m * stride + m + (long) STRIP * depth + (isLong ? (long) m * w.columns() : 0));
        var strip = new Matrix(scratch, depth, STRIP);
        var q = new Matrix(scratch + strip.size() * BYTES, m, w.rows(), stride);
        var scales = new Matrix(q.address() + (long) m * stride * BYTES, 1, m);
        var rows = z.rows(from, to);
        for (int t = 0; t < m; t++) scales.set(0, t, quantize(x.row(from + t), q.row(t), w.rows()));
        if (isLong)
            addChunks(q, w, strip, new Matrix(scales.address() + (long) m * BYTES, m, w.columns()), rows);
        else sums(q, w, strip, rows);
        for (int t = 0; t < m; t++) scale(rows.row(t), scales.get(0, t), w.scales().address(), w.columns());
    }

    /// q = round(x / s).
    ///
    /// @param q  room for whole vectors
    /// @return   s
    private static float quantize(long x, long q, int n) {
        var max = Vectors.zero();
        for (int i = 0; i < n; i += LANES)
            max = max.max(get(x + (long) i * BYTES, Math.min(LANES, n - i)).abs());
        float largest = Vectors.max(max);
        float inverse = largest < Quantized.SMALLEST ? 0 : Quantized.LARGEST / largest;
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * BYTES;
            var rounded = get(x + at, Math.min(LANES, n - i)).mul(inverse).add(ROUND).sub(ROUND);
            store(rounded, q + at);
        }
        return largest / Quantized.LARGEST;
    }

    /// Sums of more than `CHUNK` products, in z: at first as whole numbers, in the end as floats.
    private static void addChunks(Matrix q, Int8Matrix w, Matrix strip, Matrix part, Matrix z) {
        for (int from = 0; from < w.rows(); from += CHUNK) {
            int to = Math.min(w.rows(), from + CHUNK);
            sums(q.columns(from, to), w.rows(from, to), strip, part);
            for (int t = 0; t < z.rows(); t++) addWhole(part.row(t), z.row(t), z.columns(), from == 0);
        }
        for (int t = 0; t < z.rows(); t++) toFloats(z.row(t), z.columns());
    }

    private static void addWhole(long part, long sum, int n, boolean first) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * BYTES;
            int count = Math.min(LANES, n - i);
            var whole = get(part + at, count).convert(VectorOperators.F2I, 0).reinterpretAsInts();
            var total = first ? whole : whole.add(get(sum + at, count).reinterpretAsInts());
            put(total.reinterpretAsFloats(), sum + at, count);
        }
    }

    private static void toFloats(long x, int n) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * BYTES;
            int count = Math.min(LANES, n - i);
            var whole = get(x + at, count).reinterpretAsInts();
            put((FloatVector) whole.convert(VectorOperators.I2F, 0), x + at, count);
        }
    }

    /// z = (z s) ⊗ t.
    private static void scale(long z, float s, long t, int n) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * BYTES;
            int count = Math.min(LANES, n - i);
            put(get(z + at, count).mul(s).mul(get(t + at, count)), z + at, count);
        }
    }

    /// z = q W of whole numbers: groups of rows, if there are many, as floats, the rest as bytes.
    ///
    /// @param strip  room for some columns of W as floats [k, STRIP]
    private static void sums(Matrix q, Int8Matrix w, Matrix strip, Matrix z) {
        int groups = q.rows() < MANY ? 0 : q.rows() / Gemm.ROWS * Gemm.ROWS; // few different shapes, see `Gemm.group`
        if (groups > 0) floatSums(q.rows(0, groups), w, strip.rows(0, w.rows()), z.rows(0, groups));
        if (groups < q.rows()) byteSums(q.rows(groups, q.rows()), w, z.rows(groups, q.rows()));
    }

    private static void floatSums(Matrix q, Int8Matrix w, Matrix strip, Matrix z) {
        for (int from = 0; from < w.columns(); from += STRIP) {
            int to = Math.min(w.columns(), from + STRIP);
            for (int j = from; j < to; j += Int8Matrix.WIDTH)
                writeOut(w.panel(j / Int8Matrix.WIDTH), strip.address() + (long) (j - from) * BYTES, strip);
            Gemm.product(q, strip.columns(0, to - from), z.columns(from, to), false);
        }
    }

    private static void writeOut(long panel, long to, Matrix strip) {
        for (int l = 0; l < strip.rows(); l++) {
            long at = panel + (long) l * Int8Matrix.WIDTH;
            long out = to + (long) l * STRIP * BYTES;
            store(loadBytes(at), out);
            store(loadBytes(at + LANES), out + Vectors.BYTES);
        }
    }

    /// The same, four panels at a time for all rows, so that they are read from memory once.
    private static void byteSums(Matrix q, Int8Matrix w, Matrix z) {
        Gemm.count(2L * z.size() * w.rows());
        int panels = w.columns() / Int8Matrix.WIDTH;
        long panelBytes = (long) Int8Matrix.WIDTH * BYTES; // in z
        for (int p = 0; p < panels; p += PANELS) {
            int end = Math.min(panels, p + PANELS);
            int i = 0;
            for (; i + ROWS <= q.rows(); i += ROWS)
                for (int j = p; j < end; j++) fourRows(q, i, w.panel(j), z.row(i) + j * panelBytes, z.stride());
            for (; i < q.rows(); i++) {
                if (end - p == PANELS)
                    fourPanels(q.row(i), w.panel(p), w.panelBytes(), q.columns(), z.row(i) + p * panelBytes);
                else for (int j = p; j < end; j++)
                    panel(q.row(i), w.panel(j), q.columns(), z.row(i) + j * panelBytes, Int8Matrix.WIDTH);
            }
        }
        int rest = w.columns() % Int8Matrix.WIDTH;
        if (rest > 0) for (int i = 0; i < q.rows(); i++)
            panel(q.row(i), w.panel(panels), q.columns(), z.row(i) + panels * panelBytes, rest);
    }

    /// Four rows by one panel: eight sums in registers.
    private static void fourRows(Matrix q, int row, long w, long z, int stride) {
        int k = q.columns();
        long a0 = q.row(row);
        long a1 = q.row(row + 1);
        long a2 = q.row(row + 2);
        long a3 = q.row(row + 3);
        FloatVector s00 = Vectors.zero(), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        for (int l = 0; l < k; l++) {
            long at = (long) l * BYTES;
            long wAt = w + (long) l * Int8Matrix.WIDTH;
            var w0 = loadBytes(wAt);
            var w1 = loadBytes(wAt + LANES);
            var x = Vectors.broadcast(get(a0 + at));
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = Vectors.broadcast(get(a1 + at));
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            x = Vectors.broadcast(get(a2 + at));
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            x = Vectors.broadcast(get(a3 + at));
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
        }
        long half = Vectors.BYTES;
        long step = (long) stride * BYTES;
        store(s00, z);
        store(s01, z + half);
        store(s10, z + step);
        store(s11, z + step + half);
        store(s20, z + 2 * step);
        store(s21, z + 2 * step + half);
        store(s30, z + 3 * step);
        store(s31, z + 3 * step + half);
    }

    /// One row by four panels: eight sums in registers.
    private static void fourPanels(long q, long w, long panelBytes, int k, long z) {
        long p1 = w + panelBytes;
        long p2 = p1 + panelBytes;
        long p3 = p2 + panelBytes;
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int l = 0; l < k; l++) {
            long at = (long) l * Int8Matrix.WIDTH;
            var x = Vectors.broadcast(get(q + (long) l * BYTES));
            s0 = x.fma(loadBytes(w + at), s0);
            s1 = x.fma(loadBytes(w + at + LANES), s1);
            s2 = x.fma(loadBytes(p1 + at), s2);
            s3 = x.fma(loadBytes(p1 + at + LANES), s3);
            s4 = x.fma(loadBytes(p2 + at), s4);
            s5 = x.fma(loadBytes(p2 + at + LANES), s5);
            s6 = x.fma(loadBytes(p3 + at), s6);
            s7 = x.fma(loadBytes(p3 + at + LANES), s7);
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
    private static void panel(long q, long w, int k, long z, int count) {
        FloatVector s0 = Vectors.zero(), s1 = s0;
        for (int l = 0; l < k; l++) {
            long at = (long) l * Int8Matrix.WIDTH;
            var x = Vectors.broadcast(get(q + (long) l * BYTES));
            s0 = x.fma(loadBytes(w + at), s0);
            s1 = x.fma(loadBytes(w + at + LANES), s1);
        }
        put(s0, z, Math.min(LANES, count));
        if (count > LANES) put(s1, z + Vectors.BYTES, count - LANES);
    }
}
