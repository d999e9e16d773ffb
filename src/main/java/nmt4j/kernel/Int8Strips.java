package nmt4j.kernel;

import nmt4j.kernel.OneDnn.Form;
import nmt4j.kernel.OneDnn.Order;
import nmt4j.kernel.OneDnn.Shape;
import nmt4j.kernel.OneDnn.Type;

/// The numbers of a weight in int8 once more, as products of many rows read them: in strips of columns, each as oneDNN packs it, or
/// row after row for ND4J. They are written, and take memory, when the first product asks for them.
final class Int8Strips {
    /// Columns of a strip; the last has as many whole panels as are left. Half as wide, they would take twice the calls.
    static final int WIDTH = 2 * TopTokens.SEGMENT;

    /// Rows that are computed together by AMX.
    private static final int TILE = 16;
    private static final Form FORM = new Form(Type.UINT8, Order.ROWS, Type.INT8, Order.PACKED, Type.INT32, false);

    private final Arena arena;
    private final long panels;
    private final int rows;
    private final int depth;
    private final int columns; // in whole panels
    private final boolean isLasting;
    private final long address;
    private volatile boolean areWritten;

    /// Of a weight [rows, columns] whose panels are there.
    ///
    /// @param depth      rows from one panel to the next
    /// @param isLasting  whether it is worth while to pack it for a few rows
    Int8Strips(Arena arena, long panels, int rows, int depth, int columns, boolean isLasting) {
        this.arena = arena;
        this.panels = panels;
        this.rows = rows;
        this.depth = depth;
        this.isLasting = isLasting;
        this.columns = PackedMatrix.panels(columns) * PackedMatrix.WIDTH;
        synchronized (arena) { // parts of weights may be asked for by several threads
            address = arena.allocate(offset(this.columns));
        }
    }

    /// Of as many rows from another one on.
    Int8Strips rows(long panels, int rows) {
        return new Int8Strips(arena, panels, rows, depth, columns, isLasting);
    }

    /// How many columns the strip has that begins with column j.
    int width(int j) {
        return Math.min(WIDTH, columns - j);
    }

    /// How many rows are computed for m: their bits do not depend on it, but each number is another compiled product.
    static int rounded(int m) {
        if (Packed.BY_TILES) return (m + TILE - 1) / TILE * TILE;
        if (Packed.FEW && m <= Int8Product.FEW) return m;
        return m > 8 * Gemm.ROWS ? Gemm.roundUp(m) : (m + 3) / 4 * 4;
    }

    /// Whether they are for a few rows, too.
    boolean suitFew() {
        return Packed.FEW && isLasting;
    }

    /// The sums of products of rows in 0 … 127 with a strip.
    ///
    /// @param x     [m, k] in bytes
    /// @param j     the strip's first column
    /// @param sums  [m, width(j)] in int32; without VNNI of the 24 bits that a float has, to which whoever scales them rounds
    ///              them anyway
    void product(long x, int m, int j, long sums) {
        if (!areWritten) write();
        if (Packed.YES)
            OneDnn.product(new Shape(FORM, m, rows, width(j), rows, width(j)), x, address + offset(j), sums);
        else if (!Nd4jProduct.multiply(x, address + offset(j), sums, m, rows, width(j)))
            throw new IllegalStateException("no product of bytes of " + m + " x " + rows + " x " + width(j));
    }

    /// Where the strip lies that begins with column j, in bytes; oneDNN packs whole blocks of 64 rows and columns.
    private long offset(int j) {
        return (long) (j + 63) / 64 * 64 * ((rows + 63) / 64 * 64);
    }

    private synchronized void write() {
        if (areWritten) return;
        for (int j = 0; j < columns; j += WIDTH) {
            if (Packed.YES) pack(j);
            else write(j, width(j), address + offset(j));
        }
        areWritten = true;
    }

    private void pack(int j) {
        int width = width(j);
        if (OneDnn.packedBytes(FORM, rows, width) > offset(j + width) - offset(j))
            throw new IllegalStateException("no room to pack " + rows + " x " + width + " bytes");
        try (var memory = java.lang.foreign.Arena.ofConfined()) { // products use the thread's
            long strip = memory.allocate((long) rows * width, Vectors.BYTES).address();
            write(j, width, strip);
            OneDnn.pack(FORM, Order.ROWS, strip, rows, width, address + offset(j));
        }
    }

    private void write(int first, int width, long to) {
        for (int j = 0; j < width; j += PackedMatrix.WIDTH) {
            long from = panels + (long) (first + j) * depth;
            for (int i = 0; i < rows; i++)
                Vectors.copyBytes(from + (long) i * PackedMatrix.WIDTH, to + (long) i * width + j);
        }
    }

    /// Whether products with strips are right and not slow on this processor: each library's are tried once.
    static boolean areFast() {
        return Packed.YES || ByNd4j.ARE_FAST;
    }

    /// oneDNN's products. They may not take as long as its code for any processor, which takes ten times as long and more; but the
    /// others, not linked well yet, may take a little longer than floats.
    private static final class Packed {
        private static final double SLOWEST = 4;

        static final boolean YES = OneDnn.hasAvx2() && isPassed(64, 256, 192) && isPassed(5, 259, 192);
        static final boolean BY_TILES = YES && OneDnn.hasVnni();
        /// With VNNI not measured.
        static final boolean FEW = YES && !OneDnn.hasVnni();

        /// @param n  a multiple of 16
        private static boolean isPassed(int m, int k, int n) {
            try (var arena = new Arena()) {
                long packed = arena.allocate(OneDnn.packedBytes(FORM, k, n));
                return new Int8Trial(m, k, n).isPassed(y -> {
                    OneDnn.pack(FORM, Order.ROWS, y, k, n, packed);
                    return (x, sums) -> {
                        OneDnn.product(new Shape(FORM, m, k, n, k, n), x, packed, sums);
                        return true;
                    };
                }, SLOWEST);
            } catch (IllegalStateException _) { // no such product
                return false;
            }
        }
    }

    /// ND4J's products: of use if they are not slower than those of floats.
    private static final class ByNd4j {
        private static final int M = 8 * Gemm.ROWS;
        private static final int K = 256;
        private static final int N = 256;

        static final boolean ARE_FAST = new Int8Trial(M, K, N)
                .isPassed(y -> (x, sums) -> Nd4jProduct.multiply(x, y, sums, M, K, N), 1);
    }
}
