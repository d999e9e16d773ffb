package nmt4j.kernel;

import java.util.function.IntConsumer;

/// Products of factors in bfloat16, with results that are rounded to bfloat16, too: ND4J's, where the processor has them
/// (avx512_bf16, amx_bf16); elsewhere from the same rounded numbers in float32, which is no faster than float32.
///
/// A call runs on the calling thread alone. Rows come in groups, as for `Gemm`.
public final class Bfloat16Product {
    private Bfloat16Product() {}

    /// Whether this processor multiplies in bfloat16. It is tried once: what a processor says of itself is not always so.
    public static boolean isNative() {
        return Native.YES;
    }

    /// Whether it does so faster than in float32.
    public static boolean isFast() {
        return Native.YES && Native.FAST;
    }

    /// z = x y, or z += x y.
    ///
    /// @param x  [m, k]; rounded here if it is not yet
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiply(Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        run(Form.PLAIN, x, y, z, accumulate);
    }

    /// z = x y, and for each row what is to be done with it then, while it is in the first cache (and without `Scratch`, where
    /// the next rows are).
    public static void multiply(Factor x, Bfloat16Matrix y, Matrix z, IntConsumer then) {
        var product = product(Form.PLAIN, x, y, z);
        for (int t = 0; t < z.rows(); t++) {
            RoundingKernel.widen(product.row(t), z.row(t), z.columns());
            then.accept(t);
        }
    }

    /// z = x yᵀ, or z += x yᵀ.
    ///
    /// @param x  [m, k]
    /// @param y  [n, k]
    /// @param z  [m, n]
    public static void multiplyWithTransposed(Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        run(Form.OF_ROWS, x, y, z, accumulate);
    }

    /// z = xᵀ y, or z += xᵀ y.
    ///
    /// @param x  [k, m]
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiplyTransposed(Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        run(Form.OF_COLUMNS, x, y, z, accumulate);
    }

    private static void run(Form form, Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        RoundingKernel.widen(product(form, x, y, z), z, accumulate);
    }

    /// In memory of the thread.
    ///
    /// @param z  of the result's shape
    private static Bfloat16Matrix product(Form form, Factor x, Bfloat16Matrix y, Matrix z) {
        var room = Room.of(x, y, z);
        var left = switch (x) {
            case Bfloat16Matrix rounded -> rounded;
            case Matrix floats -> {
                RoundingKernel.round(floats, room.left);
                yield room.left;
            }
        };
        if (!Native.YES) emulate(form, left, y, room);
        else if (!form.product(left, y, room.result))
            throw new IllegalStateException("no product of " + x + " and " + y + " in bfloat16");
        return room.result;
    }

    private static void emulate(Form form, Bfloat16Matrix x, Bfloat16Matrix y, Room room) {
        var left = new Matrix(room.floats, x.rows(), x.columns());
        var right = new Matrix(end(left), y.rows(), y.columns());
        var product = new Matrix(end(right), room.result.rows(), room.result.columns());
        RoundingKernel.widen(x, left, false);
        RoundingKernel.widen(y, right, false);
        form.product(left, right, product);
        RoundingKernel.round(product, room.result);
    }

    private static long end(Matrix x) {
        return x.address() + wide(x);
    }

    /// Bytes of as many floats, up to the next whole cache line.
    private static long wide(Factor x) {
        return ((long) x.rows() * x.columns() * Float.BYTES + 63) / 64 * 64;
    }

    /// Which products of elements are summed up, in either precision.
    private enum Form {
        /// x y.
        PLAIN(Gemm::product, Gemm::product),
        /// x yᵀ.
        OF_ROWS(Gemm::productWithTransposed, Gemm::productWithTransposed),
        /// xᵀ y.
        OF_COLUMNS(Gemm::productOfTransposed, Gemm::productOfTransposed);

        private final InBfloat16 inBfloat16;
        private final InFloat32 inFloat32;

        Form(InBfloat16 inBfloat16, InFloat32 inFloat32) {
            this.inBfloat16 = inBfloat16;
            this.inFloat32 = inFloat32;
        }

        boolean product(Bfloat16Matrix x, Bfloat16Matrix y, Bfloat16Matrix z) {
            return inBfloat16.run(x, y, z);
        }

        void product(Matrix x, Matrix y, Matrix z) {
            inFloat32.run(x, y, z, false);
        }

        private interface InBfloat16 {
            boolean run(Bfloat16Matrix x, Bfloat16Matrix y, Bfloat16Matrix z);
        }

        private interface InFloat32 {
            void run(Matrix x, Matrix y, Matrix z, boolean accumulate);
        }
    }

    /// Memory of the thread for one product.
    ///
    /// @param left    as x, for a factor that is not rounded yet
    /// @param result  as z
    /// @param floats  of all three in float32, where there is no product in bfloat16
    private record Room(Bfloat16Matrix left, Bfloat16Matrix result, long floats) {
        static Room of(Factor x, Factor y, Factor z) {
            long forLeft = Bfloat16Matrix.bytes(x.rows(), x.columns());
            long forResult = Bfloat16Matrix.bytes(z.rows(), z.columns());
            long forFloats = Native.YES ? 0 : wide(x) + wide(y) + wide(z);
            long address = Scratch.floats((forLeft + forResult + forFloats) / Float.BYTES);
            return new Room(new Bfloat16Matrix(address, x.rows(), x.columns()),
                    new Bfloat16Matrix(address + forLeft, z.rows(), z.columns()), address + forLeft + forResult);
        }
    }

    /// The trial, of all forms.
    private static final class Native {
        private static final int M = 96;
        private static final int K = 256;
        private static final int N = 192;
        /// What takes that many times as long as in float32 is a loop over elements.
        private static final double LOOP = 64;
        /// The same of what is worth its rounding.
        private static final double WORTH = 0.9;

        static final boolean YES;
        static final boolean FAST;

        static {
            double longest = 0;
            for (var form : Form.values()) longest = Math.max(longest, ratio(form));
            YES = longest < LOOP;
            FAST = longest < WORTH;
        }

        /// How many times as long as in float32 a product takes; infinite if it is wrong.
        private static double ratio(Form form) {
            try (var arena = new Arena()) {
                var x = form == Form.OF_COLUMNS ? numbers(arena, K, M) : numbers(arena, M, K);
                var y = form == Form.OF_ROWS ? numbers(arena, N, K) : numbers(arena, K, N);
                var expected = arena.matrix(M, N);
                form.product(x, y, expected);
                var left = rounded(arena, x);
                var right = rounded(arena, y);
                var z = Bfloat16Matrix.in(arena, M, N);
                if (!form.product(left, right, z) || !areEqual(z, expected)) return Double.POSITIVE_INFINITY;
                return Trial.ratio(() -> form.product(left, right, z), () -> form.product(x, y, expected));
            }
        }

        /// Small whole numbers: their products' sums are whole numbers that bfloat16 rounds.
        private static Matrix numbers(Arena arena, int rows, int columns) {
            var x = arena.matrix(rows, columns);
            for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) x.set(i, j, (7 * i + 3 * j) % 11 - 4);
            return x;
        }

        private static Bfloat16Matrix rounded(Arena arena, Matrix x) {
            var rounded = Bfloat16Matrix.in(arena, x.rows(), x.columns());
            RoundingKernel.round(x, rounded);
            return rounded;
        }

        private static boolean areEqual(Bfloat16Matrix z, Matrix expected) {
            for (int i = 0; i < M; i++)
                for (int j = 0; j < N; j++)
                    if (Vectors.getShort(z.row(i) + (long) j * Bfloat16Matrix.BYTES)
                            != RoundingKernel.rounded(expected.get(i, j)))
                        return false;
            return true;
        }
    }
}
