package nmt4j.kernel;

import java.util.function.IntConsumer;

/// Products of factors in bfloat16, summed up in float32: oneDNN's or ND4J's (which rounds the sums, too), where the processor has
/// them (avx512_bf16, amx_bf16); elsewhere from the same rounded numbers in float32, which is no faster than float32.
///
/// A call runs on the calling thread alone. Rows come in groups, as for `Gemm`.
public final class Bfloat16Product {
    /// Rows that are multiplied before something is done with them.
    private static final int AT_ONCE = 96;

    private Bfloat16Product() {}

    /// Whether this processor multiplies in bfloat16. It is tried once: what a processor says of itself is not always so.
    public static boolean isNative() {
        return Engine.CHOSEN != Bfloat16Engine.FLOAT32;
    }

    /// Who multiplies: results differ in their last bits.
    public static String engine() {
        return Engine.CHOSEN.title();
    }

    /// Whether it does so faster than in float32.
    public static boolean isFast() {
        return isNative() && Engine.Speed.IS_WORTH_IT;
    }

    /// Prepares a weight for many products.
    ///
    /// @param w           [k, n], or [n, k]
    /// @param transposed  whether products read wᵀ
    /// @param arena       for what is prepared; several threads may prepare something in it at once
    public static Bfloat16Factor prepare(Matrix w, boolean transposed, Arena arena) {
        return prepare(Engine.CHOSEN, w, transposed, arena);
    }

    static Bfloat16Factor prepare(Bfloat16Engine engine, Matrix w, boolean transposed, Arena arena) {
        int k = transposed ? w.columns() : w.rows();
        int n = transposed ? w.rows() : w.columns();
        long bytes = engine.bytes(k, n);
        long address;
        synchronized (arena) {
            address = arena.allocate(bytes);
        }
        var factor = new Bfloat16Factor(address, k, n, engine.order(transposed), bytes);
        engine.prepare(w, transposed, factor);
        return factor;
    }

    /// z = x y, or z += x y.
    ///
    /// @param x  [m, k]; rounded here if it is not yet
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiply(Factor x, Bfloat16Factor y, Matrix z, boolean accumulate) {
        multiply(Engine.CHOSEN, x, false, y, z, accumulate);
    }

    /// z = x y some rows at a time, and for each of these what is to be done with it then.
    ///
    /// @param input  x, or room for what x is rounded to
    public static void multiply(Matrix x, Factor input, Bfloat16Factor y, Matrix z, IntConsumer then) {
        for (int from = 0; from < z.rows(); from += AT_ONCE) {
            int to = Math.min(z.rows(), from + AT_ONCE);
            var left = input.rows(from, to);
            if (left instanceof Bfloat16Matrix rounded) RoundingKernel.round(x.rows(from, to), rounded);
            multiply(left, y, z.rows(from, to), false);
            for (int t = from; t < to; t++) then.accept(t);
        }
    }

    /// z = xᵀ y, or z += xᵀ y.
    ///
    /// @param x  [k, m]
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiplyTransposed(Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        multiply(Engine.CHOSEN, x, true, Bfloat16Factor.of(y), z, accumulate);
    }

    static void multiply(Bfloat16Engine engine, Factor x, boolean transposed, Bfloat16Factor y, Matrix z,
            boolean accumulate) {
        int rows = transposed ? x.columns() : x.rows();
        int depth = transposed ? x.rows() : x.columns();
        require(rows == z.rows() && depth == y.rows() && y.columns() == z.columns(), x, y, z);
        if (z.size() == 0) return;
        long room = engine.room((long) x.rows() * x.columns(), (long) y.rows() * y.columns(), z.size());
        long forLeft = x instanceof Matrix ? Bfloat16Matrix.bytes(x.rows(), x.columns()) : 0;
        long address = Scratch.floats((forLeft + room + Float.BYTES - 1) / Float.BYTES);
        var left = switch (x) {
            case Bfloat16Matrix rounded -> rounded;
            case Matrix floats -> {
                var rounded = new Bfloat16Matrix(address, x.rows(), x.columns());
                RoundingKernel.round(floats, rounded);
                yield rounded;
            }
        };
        engine.multiply(left, transposed, y, z, accumulate, address + forLeft);
    }

    private static void require(boolean fits, Factor x, Bfloat16Factor y, Matrix z) {
        if (!fits) throw new IllegalArgumentException("product of " + x + " and " + y + " into " + z);
    }

    /// The trial.
    private static final class Engine {
        private static final int M = 96;
        private static final int K = 256;
        private static final int N = 192;
        /// What takes that many times as long as in float32 is a loop over elements.
        private static final double LOOP = 64;
        /// The same of what is worth its rounding.
        private static final double WORTH = 0.9;

        static final Bfloat16Engine CHOSEN = chosen();

        private static Bfloat16Engine chosen() {
            if (OneDnn.multipliesBfloat16() && longest(Bfloat16Engine.ONEDNN) < LOOP) return Bfloat16Engine.ONEDNN;
            return longest(Bfloat16Engine.ND4J) < LOOP ? Bfloat16Engine.ND4J : Bfloat16Engine.FLOAT32;
        }

        static final class Speed {
            static final boolean IS_WORTH_IT = longest(CHOSEN) < WORTH;
        }

        /// How many times as long as in float32 a product of any form takes; infinite if one is wrong.
        private static double longest(Bfloat16Engine engine) {
            double longest = 0;
            for (var form : Form.values()) longest = Math.max(longest, ratio(engine, form));
            return longest;
        }

        private static double ratio(Bfloat16Engine engine, Form form) {
            try (var arena = new Arena()) {
                var x = form == Form.OF_COLUMNS ? numbers(arena, K, M) : numbers(arena, M, K);
                var y = form == Form.OF_ROWS ? numbers(arena, N, K) : numbers(arena, K, N);
                var expected = arena.matrix(M, N);
                form.product(x, y, expected);
                var left = rounded(arena, x);
                var right = form == Form.OF_COLUMNS ? Bfloat16Factor.of(rounded(arena, y))
                        : prepare(engine, y, form == Form.OF_ROWS, arena);
                var z = arena.matrix(M, N);
                Runnable product = () -> multiply(engine, left, form == Form.OF_COLUMNS, right, z, false);
                product.run();
                if (!areEqual(z, expected)) return Double.POSITIVE_INFINITY;
                return Trial.ratio(product, () -> form.product(x, y, expected));
            } catch (IllegalStateException _) { // no such product
                return Double.POSITIVE_INFINITY;
            }
        }

        /// Which products of elements are summed up.
        private enum Form {
            /// x y.
            PLAIN(Gemm::product),
            /// x yᵀ.
            OF_ROWS(Gemm::productWithTransposed),
            /// xᵀ y.
            OF_COLUMNS(Gemm::productOfTransposed);

            private final InFloat32 inFloat32;

            Form(InFloat32 inFloat32) {
                this.inFloat32 = inFloat32;
            }

            void product(Matrix x, Matrix y, Matrix z) {
                inFloat32.run(x, y, z, false);
            }

            private interface InFloat32 {
                void run(Matrix x, Matrix y, Matrix z, boolean accumulate);
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

        /// Whether the results are the expected ones, or these rounded.
        private static boolean areEqual(Matrix z, Matrix expected) {
            for (int i = 0; i < M; i++)
                for (int j = 0; j < N; j++)
                    if (RoundingKernel.rounded(z.get(i, j)) != RoundingKernel.rounded(expected.get(i, j))) return false;
            return true;
        }
    }
}
