package nmt4j.kernel;

/// Products of factors in bfloat16, with results that are rounded to bfloat16, too: ND4J's, where the processor has them
/// (avx512_bf16, amx_bf16); elsewhere from the same rounded numbers in float32, which is no faster than float32.
///
/// A call runs on the calling thread alone. Rows come in groups, as for `Gemm`.
public final class Bfloat16Product {
    private Bfloat16Product() {}

    /// Whether this processor multiplies in bfloat16, and not more slowly than in float32. It is tried once: what a processor
    /// says of itself is not always so.
    public static boolean isNative() {
        return Native.YES;
    }

    /// z = x y, or z += x y.
    ///
    /// @param x  [m, k]; rounded here if it is not yet
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiply(Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        var room = Room.of(y.rows(), z);
        var left = switch (x) {
            case Bfloat16Matrix rounded -> rounded;
            case Matrix floats -> {
                RoundingKernel.round(floats, room.left);
                yield room.left;
            }
        };
        multiply(left, y, z, room, accumulate);
    }

    /// z = xᵀ y, or z += xᵀ y.
    ///
    /// @param x  [k, m]
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiplyTransposed(Matrix x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        var room = Room.of(y.rows(), z);
        RoundingKernel.roundTransposed(x, room.left);
        multiply(room.left, y, z, room, accumulate);
    }

    private static void multiply(Bfloat16Matrix x, Bfloat16Matrix y, Matrix z, Room room, boolean accumulate) {
        if (!Native.YES) emulate(x, y, room);
        else if (!Gemm.product(x, y, room.result))
            throw new IllegalStateException("no product of " + x + " and " + y + " in bfloat16");
        RoundingKernel.widen(room.result, z, accumulate);
    }

    private static void emulate(Bfloat16Matrix x, Bfloat16Matrix y, Room room) {
        var left = new Matrix(room.floats, x.rows(), x.columns());
        var right = new Matrix(end(left), y.rows(), y.columns());
        var product = new Matrix(end(right), room.result.rows(), room.result.columns());
        RoundingKernel.widen(x, left, false);
        RoundingKernel.widen(y, right, false);
        Gemm.product(left, right, product, false);
        RoundingKernel.round(product, room.result);
    }

    private static long end(Matrix x) {
        return x.address() + wide(x.rows(), x.columns());
    }

    /// Bytes of a matrix of floats, up to the next whole cache line.
    private static long wide(int rows, int columns) {
        return ((long) rows * columns * Float.BYTES + 63) / 64 * 64;
    }

    /// Memory of the thread for one product.
    ///
    /// @param left    [m, k], for a factor that is not rounded yet
    /// @param result  [m, n]
    /// @param floats  of all three in float32, where there is no product in bfloat16
    private record Room(Bfloat16Matrix left, Bfloat16Matrix result, long floats) {
        static Room of(int k, Matrix z) {
            int m = z.rows();
            long forLeft = Bfloat16Matrix.bytes(m, k);
            long forResult = Bfloat16Matrix.bytes(m, z.columns());
            long forFloats = Native.YES ? 0
                    : wide(m, k) + wide(k, z.columns()) + wide(m, z.columns());
            long address = Scratch.floats((forLeft + forResult + forFloats) / Float.BYTES);
            return new Room(new Bfloat16Matrix(address, m, k),
                    new Bfloat16Matrix(address + forLeft, m, z.columns()), address + forLeft + forResult);
        }
    }

    /// The trial.
    private static final class Native {
        private static final int ROWS = 8 * Gemm.ROWS;
        private static final int SIZE = 256;

        static final boolean YES = tried();

        private static boolean tried() {
            try (var arena = new Arena()) {
                var x = Bfloat16Matrix.in(arena, ROWS, SIZE);
                var y = Bfloat16Matrix.in(arena, SIZE, SIZE);
                var z = Bfloat16Matrix.in(arena, ROWS, SIZE);
                var floats = numbers(arena, ROWS);
                var weight = numbers(arena, SIZE);
                var product = arena.matrix(ROWS, SIZE);
                RoundingKernel.round(floats, x);
                RoundingKernel.round(weight, y);
                if (!Gemm.product(x, y, z)) return false;
                Gemm.product(floats, weight, product, false);
                return equal(z, product) && Trial.isNoSlower(() -> Gemm.product(x, y, z),
                        () -> Gemm.product(floats, weight, product, false));
            }
        }

        /// Small whole numbers: their products' sums are whole numbers that bfloat16 rounds.
        private static Matrix numbers(Arena arena, int rows) {
            var x = arena.matrix(rows, SIZE);
            for (int i = 0; i < rows; i++) for (int j = 0; j < SIZE; j++) x.set(i, j, (7 * i + 3 * j) % 11 - 4);
            return x;
        }

        private static boolean equal(Bfloat16Matrix z, Matrix expected) {
            for (int i = 0; i < ROWS; i++)
                for (int j = 0; j < SIZE; j++)
                    if (Vectors.getShort(z.row(i) + (long) j * Bfloat16Matrix.BYTES)
                            != RoundingKernel.rounded(expected.get(i, j)))
                        return false;
            return true;
        }
    }
}
