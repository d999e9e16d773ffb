package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.known;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.step;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Transposition in blocks of as many rows as a vector has lanes. In a block, rows that are s apart exchange what is s lanes
/// apart, for s = 1, 2, 4, … (Eklundh 1972, "A fast computer method for matrix transposing").
public final class TransposeKernel {
    private static final int BYTES = Float.BYTES;
    private static final long ROW = Vectors.BYTES;
    private static final int TILE = 128;

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

    /// y = xᵀ, a tile after the other.
    ///
    /// @param x  [m, n]
    /// @param y  [n, m], of `stride(m)`
    static void transpose(Matrix x, Matrix y) {
        for (int i = 0; i < tiles(x); i++) transposeTile(x, y, i);
    }

    /// How many tiles `transposeTile` makes y of.
    public static int tiles(Matrix x) {
        return tiles(x.rows()) * tiles(x.columns());
    }

    /// Tile i of y = xᵀ. (Its rows and columns are few enough for the processor to keep where their pages lie.)
    ///
    /// @param x  [m, n]
    /// @param y  [n, m], of `stride(m)`
    public static void transposeTile(Matrix x, Matrix y, int i) {
        if (y.rows() != x.columns() || y.columns() != x.rows() || y.stride() < Vectors.roundUp(x.rows()))
            throw new IllegalArgumentException("transpose of " + x + " into " + y);
        int row = i % tiles(x.rows()) * TILE;
        int column = i / tiles(x.rows()) * TILE;
        int endRow = Math.min(row + TILE, x.rows());
        int endColumn = Math.min(column + TILE, x.columns());
        run(x.rows(row, endRow).columns(column, endColumn), y.rows(column, endColumn).columns(row, endRow), 1,
                Scratch.floats(room()));
    }

    private static int tiles(int n) {
        return (n + TILE - 1) / TILE;
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
                long to = y.row(j) + (long) i * BYTES;
                if (columns == LANES && i + LANES <= x.rows()) {
                    exchangeNear(x.row(i) + (long) j * BYTES, x.stride(), block, s);
                } else {
                    copyIn(x, i, j, columns, block);
                    exchangeNear(block, LANES, block, s);
                }
                if (columns == LANES) {
                    exchangeFar(block, to, y.stride());
                } else {
                    exchangeFar(block, block, LANES);
                    for (int r = 0; r < columns; r++) store(load(block + r * ROW), to + r * step(y.stride()));
                }
            }
    }

    private static void copyIn(Matrix x, int row, int column, int columns, long block) {
        int rows = Math.min(LANES, x.rows() - row);
        for (int r = 0; r < rows; r++)
            store(get(x.row(row + r) + (long) column * BYTES, columns), block + r * ROW);
        for (int r = rows; r < LANES; r++) store(Vectors.zero(), block + r * ROW);
    }

    /// Exchanges between rows that are 1 and 2 apart. y may be x, both without room between rows.
    private static void exchangeNear(long x, int stride, long y, float s) {
        long xRow = step(stride);
        for (int r = 0; r < LANES; r += 4) {
            long from = known(x + r * xRow);
            long to = known(y + r * ROW);
            var a = load(from).mul(s);
            var b = load(from + xRow).mul(s);
            var c = load(from + 2 * xRow).mul(s);
            var d = load(from + 3 * xRow).mul(s);
            var ab = a.blend(b.rearrange(ONE), ODD_ONES);
            var ba = a.rearrange(ONE).blend(b, ODD_ONES);
            var cd = c.blend(d.rearrange(ONE), ODD_ONES);
            var dc = c.rearrange(ONE).blend(d, ODD_ONES);
            store(ab.blend(cd.rearrange(TWO), ODD_TWOS), to);
            store(ba.blend(dc.rearrange(TWO), ODD_TWOS), to + ROW);
            store(ab.rearrange(TWO).blend(cd, ODD_TWOS), to + 2 * ROW);
            store(ba.rearrange(TWO).blend(dc, ODD_TWOS), to + 3 * ROW);
        }
    }

    /// The same for rows that are 4 and 8 apart, where there are any.
    private static void exchangeFar(long x, long y, int stride) {
        long yRow = step(stride);
        for (int r = 0; r < 4; r++) { // LANES is 4 at least
            long from = known(x + r * ROW);
            long to = known(y + r * yRow);
            if (LANES > 8) foursAndEights(from, to, yRow);
            else if (LANES > 4) fours(from, to, yRow);
            else store(load(from), to);
        }
    }

    private static void foursAndEights(long from, long to, long yRow) {
        var a = load(from);
        var b = load(from + 4 * ROW);
        var c = load(from + 8 * ROW);
        var d = load(from + 12 * ROW);
        var ab = a.blend(b.rearrange(FOUR), ODD_FOURS);
        var ba = a.rearrange(FOUR).blend(b, ODD_FOURS);
        var cd = c.blend(d.rearrange(FOUR), ODD_FOURS);
        var dc = c.rearrange(FOUR).blend(d, ODD_FOURS);
        store(ab.blend(cd.rearrange(EIGHT), ODD_EIGHTS), to);
        store(ba.blend(dc.rearrange(EIGHT), ODD_EIGHTS), to + 4 * yRow);
        store(ab.rearrange(EIGHT).blend(cd, ODD_EIGHTS), to + 8 * yRow);
        store(ba.rearrange(EIGHT).blend(dc, ODD_EIGHTS), to + 8 * yRow + 4 * yRow);
    }

    private static void fours(long from, long to, long yRow) {
        var a = load(from);
        var b = load(from + 4 * ROW);
        store(a.blend(b.rearrange(FOUR), ODD_FOURS), to);
        store(a.rearrange(FOUR).blend(b, ODD_FOURS), to + 4 * yRow);
    }
}
