package nmt4j.kernel;

/// Products of factors in bfloat16, summed up in float32: oneDNN's or ND4J's (which rounds the sums, too), where the processor is
/// fast at them (amx_bf16, AMD's avx512_bf16); elsewhere from the same rounded numbers in float32, which is no faster than float32.
///
/// A call runs on the calling thread alone. Rows come in groups, as for `Gemm`.
public final class Bfloat16Product {
    private Bfloat16Product() {}

    /// Whether this processor multiplies in bfloat16, and not from rounded numbers in float32. It is tried once, where it may be of
    /// use: what a processor says of itself is not always so.
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

    /// Elements from one row of what weights multiply in training, and of products, to the next: there is room between them where
    /// they are computed in float32, none where what is multiplied is rounded to other memory.
    public static int activationStride(int columns) {
        return isNative() ? columns : RowStride.ACTIVATION.of(columns);
    }

    /// Of a prepared weight.
    public static int bytesPerNumber() {
        return isNative() ? Bfloat16Matrix.BYTES : Float.BYTES;
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
        long bytes = engine.bytes(w, transposed);
        long address;
        synchronized (arena) {
            address = arena.allocate(bytes);
        }
        var factor = new Bfloat16Factor(address, Bfloat16Engine.k(w, transposed), Bfloat16Engine.n(w, transposed),
                engine.order(transposed), bytes);
        engine.prepare(w, transposed, factor);
        return factor;
    }

    /// z = x y, or z += x y.
    ///
    /// @param x  [m, k]; rounded here if it is not yet
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiply(Factor x, Bfloat16Factor y, Matrix z, boolean accumulate) {
        multiply(Engine.CHOSEN, x, y, z, accumulate);
    }

    /// z = xᵀ y, or z += xᵀ y.
    ///
    /// @param x  [k, m]
    /// @param y  [k, n]
    /// @param z  [m, n]
    public static void multiplyTransposed(Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        multiplyTransposed(Engine.CHOSEN, x, y, z, accumulate);
    }

    static void multiply(Bfloat16Engine engine, Factor x, Bfloat16Factor y, Matrix z, boolean accumulate) {
        require(x.rows() == z.rows() && x.columns() == y.rows() && y.columns() == z.columns(), x, y, z);
        if (z.size() == 0) return;
        var left = Left.of(x, engine.room(size(x), 0, z.size()));
        engine.multiply(left.x, y, z, accumulate, left.room);
    }

    static void multiplyTransposed(Bfloat16Engine engine, Factor x, Bfloat16Matrix y, Matrix z, boolean accumulate) {
        require(x.columns() == z.rows() && x.rows() == y.rows() && y.columns() == z.columns(), x, y, z);
        if (!y.isContiguous()) throw new IllegalArgumentException("room between rows: " + y);
        if (z.size() == 0) return;
        var left = Left.of(x, engine.room(size(x), size(y), z.size()));
        engine.multiplyTransposed(left.x, y, z, accumulate, left.room);
    }

    private static long size(Factor x) {
        return (long) x.rows() * x.columns();
    }

    /// A left factor that is rounded, and memory of the thread behind it.
    private record Left(Bfloat16Matrix x, long room) {
        static Left of(Factor x, long bytesBehind) {
            return switch (x) {
                case Bfloat16Matrix rounded -> new Left(rounded, room(bytesBehind));
                case Matrix floats -> {
                    long bytes = Bfloat16Matrix.bytes(x.rows(), x.columns());
                    var rounded = new Bfloat16Matrix(room(bytes + bytesBehind), x.rows(), x.columns());
                    RoundingKernel.round(floats, rounded);
                    yield new Left(rounded, rounded.address() + bytes);
                }
            };
        }

        private static long room(long bytes) {
            return Scratch.floats((bytes + Float.BYTES - 1) / Float.BYTES);
        }
    }

    private static void require(boolean fits, Factor x, Record y, Matrix z) {
        if (!fits) throw new IllegalArgumentException("product of " + x + " and " + y + " into " + z);
    }

    /// The trial: whether products are right, and if they are ND4J's whether they are fast. (Where oneDNN 3 is fast is known.)
    static final class Engine {
        private static final int M = 96;
        private static final int K = 256;
        private static final int N = 192;
        /// What takes that many times as long as in float32 is a loop over elements.
        private static final double LOOP = 64;
        /// The same of what is worth its rounding.
        private static final double WORTH = 0.9;

        static final Bfloat16Engine CHOSEN = chosen();

        private static Bfloat16Engine chosen() {
            if (OneDnnLibrary.isThere())
                return OneDnn.isFastInBfloat16() && isRight(Bfloat16Engine.ONEDNN) ? Bfloat16Engine.ONEDNN
                        : Bfloat16Engine.FLOAT32;
            if (Processor.lacksBfloat16()) return Bfloat16Engine.FLOAT32;
            return isRight(Bfloat16Engine.ND4J) && ratio(Bfloat16Engine.ND4J) < LOOP ? Bfloat16Engine.ND4J
                    : Bfloat16Engine.FLOAT32;
        }

        static final class Speed {
            static final boolean IS_WORTH_IT = CHOSEN == Bfloat16Engine.ONEDNN || ratio(CHOSEN) < WORTH;
        }

        /// Whether there are such products, and they are right.
        static boolean isRight(Bfloat16Engine engine) {
            for (var transpose : Transpose.values())
                try (var arena = new Arena()) {
                    var products = new Products(engine, transpose, arena);
                    products.rounded.run();
                    products.exact.run();
                    if (!products.areEqual()) return false;
                } catch (IllegalStateException _) { // no such product
                    return false;
                }
            return true;
        }

        /// How many times as long as in float32 products take, in the mean of all of `Transpose`.
        private static double ratio(Bfloat16Engine engine) {
            double sum = 0;
            for (var transpose : Transpose.values())
                try (var arena = new Arena()) {
                    var products = new Products(engine, transpose, arena);
                    sum += Trial.ratio(products.rounded, products.exact);
                }
            return sum / Transpose.values().length;
        }

        /// The same product by an engine and in float32.
        private record Products(Runnable rounded, Matrix z, Runnable exact, Matrix expected) {
            Products(Bfloat16Engine engine, Transpose transpose, Arena arena) {
                var x = transpose == Transpose.LEFT ? numbers(arena, K, M) : numbers(arena, M, K);
                var y = transpose == Transpose.RIGHT ? numbers(arena, N, K) : numbers(arena, K, N);
                var z = arena.matrix(M, N);
                var expected = arena.matrix(M, N);
                var product = transpose == Transpose.LEFT
                        ? ofColumns(engine, Engine.rounded(arena, x), Engine.rounded(arena, y), z)
                        : ofWeight(engine, Engine.rounded(arena, x),
                                prepare(engine, y, transpose == Transpose.RIGHT, arena), z);
                this(product, z, () -> Gemm.multiply(transpose, x, y, expected, false), expected);
            }

            /// Whether the results are the expected ones, or these rounded.
            boolean areEqual() {
                for (int i = 0; i < M; i++)
                    for (int j = 0; j < N; j++)
                        if (RoundingKernel.rounded(z.get(i, j)) != RoundingKernel.rounded(expected.get(i, j)))
                            return false;
                return true;
            }
        }

        private static Runnable ofWeight(Bfloat16Engine engine, Factor x, Bfloat16Factor y, Matrix z) {
            return () -> multiply(engine, x, y, z, false);
        }

        private static Runnable ofColumns(Bfloat16Engine engine, Factor x, Bfloat16Matrix y, Matrix z) {
            return () -> multiplyTransposed(engine, x, y, z, false);
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
    }
}
