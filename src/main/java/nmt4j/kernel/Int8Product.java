package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.exact;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.ordered;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import nmt4j.kernel.PackedMatrix.Pieces;

/// Products with int8 weights, z = x W. Each row of x is quantised on the fly, by itself, to seven bits between its least and
/// its largest element: x ≈ a + b q, q in 0 … 127. With w = s p, and C[j] the sum of column j of p,
///
///     z[j] = s[j] (a C[j] + b Σᵢ q[i] p[i, j]).
///
/// The sums are exact on any CPU, whatever adds them up in whatever order, so a row's bits depend on nothing but the row. That
/// is what the eighth bit is given up for: x86 without VNNI multiplies bytes by an instruction (`vpmaddubsw`) that cuts sums of
/// two products off at 2¹⁵, and 127 · 127 + 127 · 127 is less.
///
/// Many rows are oneDNN 3's (`Int8Strips`), without VNNI at twice the rate of floats, or ND4J's where that library is not. A few
/// rows are `Int8Kernel`'s, or, without VNNI, oneDNN 3's. (On other processors than x86 many rows are left to the kernel of a few,
/// too.) The first products of some rows are `EarlyInt8Product`'s.
final class Int8Product {
    /// The largest q.
    static final int LARGEST = 127;
    /// The most rows of W: int32 has all sums of products then, and float32 all C.
    private static final int DEEPEST = 1 << 17;
    /// The most rows for which `Int8Kernel` is faster, unless strips suit a few rows as well.
    static final int FEW = 8;
    /// Rows that the kernel takes at once where it has to take many: they need room.
    private static final int AT_ONCE = 8 * Gemm.ROWS;
    /// About the most sums of a strip that are computed at once: they stay in a second cache of 1 MB.
    private static final int MANY = 16 * Gemm.ROWS * Int8Strips.WIDTH;
    /// In panels of W: those of some three sentences, while a beam is one.
    private static final WarmUp WARM_UP = new WarmUp(40_000);
    private static final int BYTES = Float.BYTES;

    private Int8Product() {}

    /// Rows `from` to `to` of z = x W.
    ///
    /// @param x  [m, k]
    /// @param w  [k, n]
    /// @param z  [m, n]
    static void multiply(Matrix x, Int8Matrix w, Matrix z, int from, int to) {
        require(x, w, z);
        if (isEarly(from, to, w)) EarlyInt8Product.multiply(x.rows(from, to), w, z.rows(from, to));
        else if (isMany(from, to, w)) many(x.rows(from, to), w, z.rows(from, to));
        else few(x.rows(from, to), w, z.rows(from, to));
    }

    /// The same some columns at a time, see `PackedMatrix`.
    static void multiply(Matrix x, Int8Matrix w, Matrix room, int from, int to, Pieces pieces) {
        require(x, w, room);
        if (isEarly(from, to, w)) {
            EarlyInt8Product.multiply(x.rows(from, to), w, room.rows(from, to));
            pieces.take(room.rows(from, to), from, 0);
        } else if (isMany(from, to, w)) {
            many(x.rows(from, to), w, (part, scales, row, column) -> {
                for (int t = 0; t < part.rows(); t++)
                    scale(part.row(t), scales.row(row + t), w, column, column + part.columns(), part.row(t));
                pieces.take(part, from + row, column);
            });
        } else {
            few(x.rows(from, to), w, room.rows(from, to));
            pieces.take(room.rows(from, to), from, 0);
        }
    }

    private static void require(Matrix x, Int8Matrix w, Matrix z) {
        if (x.columns() != w.rows() || z.columns() != w.columns() || w.rows() > DEEPEST)
            throw new IllegalArgumentException("product of " + x + " and " + w + " into " + z);
    }

    private static boolean isEarly(int from, int to, Int8Matrix w) {
        return to - from <= EarlyInt8Product.ROWS && !WARM_UP.isOver(PackedMatrix.panels(w.columns()));
    }

    private static boolean isMany(int from, int to, Int8Matrix w) {
        return Int8Strips.areFast() && (to - from > FEW || w.strips().suitFew());
    }

    /// Strip by strip.
    static void many(Matrix x, Int8Matrix w, Matrix z) {
        many(x, w, (part, scales, row, column) -> {
            for (int t = row; t < row + part.rows(); t++)
                scale(part.row(t - row), scales.row(t), w, column, column + part.columns(),
                        z.row(t) + (long) column * BYTES);
        });
    }

    /// What becomes of sums.
    private interface Sums {
        /// @param part    sums of rows `row` … and columns `column` …, in int32
        /// @param scales  a and b of all rows
        void take(Matrix part, Matrix scales, int row, int column);
    }

    /// A strip of W at a time.
    private static void many(Matrix x, Int8Matrix w, Sums sums) {
        if (w.columns() == 0) return;
        int m = x.rows();
        int k = w.rows();
        int widest = w.strips().width(0);
        int atOnce = Int8Strips.rounded(evenPart(m, MANY / widest));
        long ofPart = (long) atOnce * widest * BYTES;
        long ofRows = ((long) Int8Strips.rounded(m) * k + Vectors.BYTES) / BYTES * BYTES;
        long part = Scratch.floats((ofPart + ofRows) / BYTES + 2L * m);
        long q = part + ofPart;
        var scales = new Matrix(q + ofRows, m, 2);
        for (int t = 0; t < m; t++) quantize(x.row(t), q + (long) t * k, k, scales.row(t), true);
        for (int j = 0; j < w.columns(); j += Int8Strips.WIDTH) {
            int columns = Math.min(Int8Strips.WIDTH, w.columns() - j);
            int width = w.strips().width(j);
            for (int from = 0; from < m; from += atOnce) {
                int rows = Math.min(atOnce, m - from);
                w.strips().product(q + (long) from * k, Int8Strips.rounded(rows), j, part);
                sums.take(new Matrix(part, rows, columns, width), scales, from, j);
            }
        }
    }

    /// Rows of each of as few parts as there may be, none of more than `most`.
    private static int evenPart(int rows, int most) {
        int parts = (rows + most - 1) / most;
        return (rows + parts - 1) / parts;
    }

    /// The same by a kernel that reads W once for so many rows.
    static void few(Matrix x, Int8Matrix w, Matrix z) {
        for (int from = 0; from < x.rows(); from += AT_ONCE) {
            int to = Math.min(x.rows(), from + AT_ONCE);
            fewAtOnce(x.rows(from, to), w, z.rows(from, to));
        }
    }

    private static void fewAtOnce(Matrix x, Int8Matrix w, Matrix z) {
        int k = w.rows();
        int stride = Vectors.roundUp(k);
        boolean isLong = k > Int8Kernel.CHUNK;
        long scratch = Scratch.floats((long) x.rows() * (stride + 2) + (isLong ? z.size() : 0));
        var q = new Matrix(scratch, x.rows(), k, stride);
        var scales = new Matrix(q.row(q.rows()), x.rows(), 2);
        var room = isLong ? new Matrix(scales.row(x.rows()), z.rows(), z.columns()) : null;
        for (int t = 0; t < x.rows(); t++) quantize(x.row(t), q.row(t), k, scales.row(t), false);
        Int8Kernel.sums(q, w, z, room);
        for (int t = 0; t < x.rows(); t++) scale(z.row(t), scales.row(t), w, 0, w.columns(), z.row(t));
    }

    /// q = round((x − a) / b).
    ///
    /// @param q        room for whole vectors
    /// @param scales   for a and b
    /// @param asBytes  whether q are bytes or floats
    private static void quantize(long x, long q, int k, long scales, boolean asBytes) {
        measure(x, k, scales);
        float a = get(scales);
        float range = get(scales + BYTES);
        Vectors.set(scales + BYTES, range / LARGEST);
        float inverse = range < Quantized.SMALLEST ? 0 : LARGEST / range;
        if (asBytes) roundToBytes(x, q, k, a, inverse);
        else roundToFloats(x, q, k, a, inverse);
    }

    /// Writes the least element, and how far above it the largest is; NaN if an element is. Four vectors at a time, which do not
    /// wait for each other.
    private static void measure(long x, int k, long to) {
        IntVector least0 = ordered(Vectors.broadcast(get(x))), least1 = least0, least2 = least0, least3 = least0;
        IntVector largest0 = least0, largest1 = least0, largest2 = least0, largest3 = least0;
        int i = 0;
        for (; i <= k - 4 * LANES; i += 4 * LANES) {
            long at = x + (long) i * BYTES;
            var v0 = ordered(load(at));
            var v1 = ordered(load(at + Vectors.BYTES));
            var v2 = ordered(load(at + 2 * Vectors.BYTES));
            var v3 = ordered(load(at + 3 * Vectors.BYTES));
            least0 = v0.min(least0);
            least1 = v1.min(least1);
            least2 = v2.min(least2);
            least3 = v3.min(least3);
            largest0 = v0.max(largest0);
            largest1 = v1.max(largest1);
            largest2 = v2.max(largest2);
            largest3 = v3.max(largest3);
        }
        for (; i < k; i += LANES) {
            int count = Math.min(LANES, k - i);
            var v = ordered(Vectors.broadcast(get(x)).blend(get(x + (long) i * BYTES, count), Vectors.first(count)));
            least0 = v.min(least0);
            largest0 = v.max(largest0);
        }
        float least = Vectors.least(exact(least0).min(least1).min(exact(least2).min(least3)));
        float largest = Vectors.largest(exact(largest0).max(largest1).max(exact(largest2).max(largest3)));
        Vectors.set(to, least);
        Vectors.set(to + BYTES, largest - least);
    }

    private static void roundToBytes(long x, long q, int k, float a, float inverse) {
        int end = bound(k);
        for (int i = 0; i < end; i += LANES)
            Vectors.storeBytes(roundedAt(x, i, LANES, a, inverse).reinterpretAsInts(), q + i);
        if (end < k) Vectors.storeBytes(roundedAt(x, end, k - end, a, inverse).reinterpretAsInts(), q + end);
    }

    /// One q.
    static byte quantized(float x, float a, float inverse) {
        return (byte) Float.floatToRawIntBits((x - a) * inverse + Functions.ROUND);
    }

    private static void roundToFloats(long x, long q, int k, float a, float inverse) {
        int end = bound(k);
        for (int i = 0; i < end; i += LANES)
            store(roundedAt(x, i, LANES, a, inverse).sub(Functions.ROUND), q + (long) i * BYTES);
        if (end < k) store(roundedAt(x, end, k - end, a, inverse).sub(Functions.ROUND), q + (long) end * BYTES);
    }

    private static FloatVector roundedAt(long x, int i, int count, float a, float inverse) {
        return get(x + (long) i * BYTES, count).sub(a).mul(inverse).add(Functions.ROUND);
    }

    /// z[j − from] = s[j] (a C[j] + b sums[j − from]) for columns `from` to `to`.
    ///
    /// @param sums    in int32; z may be in their place
    /// @param scales  a and b
    private static void scale(long sums, long scales, Int8Matrix w, int from, int to, long z) {
        float a = get(scales);
        float b = get(scales + BYTES);
        float[] columns = w.sums();
        long ofColumns = w.scales().address();
        int end = from + bound(to - from);
        for (int j = from; j < end; j += LANES) {
            long at = (long) (j - from) * BYTES;
            scaleAt(sums + at, a, b, columns, ofColumns, j, z + at, LANES);
        }
        long at = (long) (end - from) * BYTES;
        if (end < to) scaleAt(sums + at, a, b, columns, ofColumns, end, z + at, to - end);
    }

    private static void scaleAt(long sums, float a, float b, float[] columns, long ofColumns, int j, long z,
            int count) {
        var whole = get(sums, count).reinterpretAsInts();
        var product = ((FloatVector) whole.convert(VectorOperators.I2F, 0)).mul(b);
        var sum = Vectors.broadcast(a).fma(get(columns, j), product);
        put(sum.mul(get(ofColumns + (long) j * BYTES, count)), z, count);
    }
}
