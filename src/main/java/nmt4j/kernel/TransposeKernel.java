package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Transposition in blocks of as many rows as a vector has lanes. In a block, rows that are s apart exchange what is s lanes
/// apart, for s = 1, 2, 4, … (Eklundh 1972, "A fast computer method for matrix transposing").
final class TransposeKernel {
    private static final int BYTES = Float.BYTES;
    private static final long ROW = Vectors.BYTES;

    private static final VectorShuffle<Float> ONE = partners(1);
    private static final VectorShuffle<Float> TWO = partners(2);
    private static final VectorShuffle<Float> FOUR = partners(4);
    private static final VectorShuffle<Float> EIGHT = partners(8);
    private static final VectorMask<Float> ODD_ONES = VectorMask.fromLong(Vectors.FLOATS, 0xaaaa);
    private static final VectorMask<Float> ODD_TWOS = VectorMask.fromLong(Vectors.FLOATS, 0xcccc);
    private static final VectorMask<Float> ODD_FOURS = VectorMask.fromLong(Vectors.FLOATS, 0xf0f0);
    private static final VectorMask<Float> ODD_EIGHTS = VectorMask.fromLong(Vectors.FLOATS, 0xff00);

    private TransposeKernel() {}

    private static VectorShuffle<Float> partners(int s) {
        return VectorShuffle.fromOp(Vectors.FLOATS, i -> (i ^ s) % LANES);
    }

    /// Floats that `run` needs to work in.
    static int room() {
        return LANES * LANES;
    }

    /// y[j, i] = s · x[i, j], with zeros behind the last i.
    ///
    /// @param x      [m, n]
    /// @param y      [n, m'], m' being m rounded up to whole vectors
    /// @param block  memory of `room()` floats
    static void run(Matrix x, Matrix y, float s, long block) {
        for (int i = 0; i < x.rows(); i += LANES)
            for (int j = 0; j < x.columns(); j += LANES) {
                int columns = Math.min(LANES, x.columns() - j);
                copyIn(x, i, j, columns, block);
                exchange(block);
                for (int r = 0; r < columns; r++)
                    store(load(block + r * ROW).mul(s), y.row(j + r) + (long) i * BYTES);
            }
    }

    private static void copyIn(Matrix x, int row, int column, int columns, long block) {
        int rows = Math.min(LANES, x.rows() - row);
        for (int r = 0; r < rows; r++)
            store(get(x.row(row + r) + (long) column * BYTES, columns), block + r * ROW);
        for (int r = rows; r < LANES; r++) store(Vectors.zero(), block + r * ROW);
    }

    private static void exchange(long block) {
        for (int r = 0; r < LANES; r += 2) swap(block + r * ROW, 1, ONE, ODD_ONES);
        if (LANES > 2)
            for (int r = 0; r < LANES; r = next(r, 2)) swap(block + r * ROW, 2, TWO, ODD_TWOS);
        if (LANES > 4)
            for (int r = 0; r < LANES; r = next(r, 4)) swap(block + r * ROW, 4, FOUR, ODD_FOURS);
        if (LANES > 8)
            for (int r = 0; r < LANES; r = next(r, 8)) swap(block + r * ROW, 8, EIGHT, ODD_EIGHTS);
    }

    /// The next row after r whose number lacks the bit s.
    private static int next(int r, int s) {
        return (r + 1 & s) == 0 ? r + 1 : r + 1 + s;
    }

    /// A row and the one s behind it.
    private static void swap(long row, int s, VectorShuffle<Float> partners, VectorMask<Float> odd) {
        var a = load(row);
        var b = load(row + s * ROW);
        store(a.blend(b.rearrange(partners), odd), row);
        store(a.rearrange(partners).blend(b, odd), row + s * ROW);
    }
}
