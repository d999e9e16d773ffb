package nmt4j.kernel;

import nmt4j.kernel.OneDnn.Form;
import nmt4j.kernel.OneDnn.Order;
import nmt4j.kernel.OneDnn.Shape;
import nmt4j.kernel.OneDnn.Type;

/// The numbers of a weight in int8 once more, as products of many rows read them: in strips of columns, each as oneDNN packs it, or
/// row after row for ND4J. They are written, and take memory, when the first product asks for them, which one of a few rows
/// never does.
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
    private final long address;
    private volatile boolean areWritten;

    /// Of a weight [rows, columns] whose panels are there.
    ///
    /// @param depth  rows from one panel to the next
    Int8Strips(Arena arena, long panels, int rows, int depth, int columns) {
        this.arena = arena;
        this.panels = panels;
        this.rows = rows;
        this.depth = depth;
        this.columns = PackedMatrix.panels(columns) * PackedMatrix.WIDTH;
        synchronized (arena) { // parts of weights may be asked for by several threads
            address = arena.allocate(offset(this.columns));
        }
    }

    /// Of as many rows from another one on.
    Int8Strips rows(long panels, int rows) {
        return new Int8Strips(arena, panels, rows, depth, columns);
    }

    /// How many columns the strip has that begins with column j.
    int width(int j) {
        return Math.min(WIDTH, columns - j);
    }

    /// How many rows are computed for m: their bits do not depend on it, but each number is another compiled product.
    static int rounded(int m) {
        if (Packed.YES && !Packed.SUITS_FEW) return (m + TILE - 1) / TILE * TILE;
        return Packed.SUITS_FEW && m <= Int8Product.FEW ? m : Int8Product.rounded(m);
    }

    /// Whether products of a few rows are fast, too.
    static boolean suitFew() {
        return Packed.SUITS_FEW;
    }

    /// The sums of products of rows in 0 … 127 with a strip.
    ///
    /// @param x     [m, k] in bytes
    /// @param j     the strip's first column
    /// @param sums  [m, width(j)] in int32
    void product(long x, int m, int j, long sums) {
        if (!areWritten) write();
        if (Packed.YES)
            OneDnn.product(new Shape(FORM, m, rows, width(j), rows, width(j)), x, address + offset(j), sums);
        else if (!Gemm.product(x, address + offset(j), sums, m, rows, width(j)))
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

    /// The trial of oneDNN's product.
    private static final class Packed {
        private static final int M = 64;
        private static final int K = 256;
        private static final int N = 192;

        static final boolean YES = OneDnn.multipliesBytes() && isRight();
        static final boolean SUITS_FEW = YES && !OneDnn.multipliesBytesAtOnce();

        private static boolean isRight() {
            try (var arena = new Arena()) {
                long x = arena.allocate(M * K);
                long y = arena.allocate(K * N);
                long sums = arena.allocate((long) M * N * Integer.BYTES);
                long packed = arena.allocate(OneDnn.packedBytes(FORM, K, N));
                for (int i = 0; i < M * K; i++) Vectors.setByte(x + i, (byte) TrialBytes.left(i / K, i % K));
                for (int i = 0; i < K * N; i++) Vectors.setByte(y + i, (byte) TrialBytes.right(i / N, i % N));
                OneDnn.pack(FORM, Order.ROWS, y, K, N, packed);
                OneDnn.product(new Shape(FORM, M, K, N, K, N), x, packed, sums);
                return areRight(new Matrix(sums, M, N));
            } catch (IllegalStateException _) { // no such product
                return false;
            }
        }

        private static boolean areRight(Matrix sums) {
            for (int i = 0; i < M; i++)
                for (int j = 0; j < N; j++) {
                    int sum = 0;
                    for (int l = 0; l < K; l++) sum += TrialBytes.left(i, l) * TrialBytes.right(l, j);
                    if (Float.floatToRawIntBits(sums.get(i, j)) != sum) return false;
                }
            return true;
        }
    }
}
