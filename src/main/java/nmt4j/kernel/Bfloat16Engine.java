package nmt4j.kernel;

import nmt4j.kernel.OneDnn.Form;
import nmt4j.kernel.OneDnn.Order;
import nmt4j.kernel.OneDnn.Shape;
import nmt4j.kernel.OneDnn.Type;

/// Who multiplies in bfloat16. Sums of products are in float32.
enum Bfloat16Engine {
    /// oneDNN 3, which packs weights.
    ONEDNN("oneDNN 3") {
        @Override
        long bytes(Matrix w, boolean transposed) {
            return OneDnn.packedBytes(form(Order.ROWS, Order.PACKED, false), k(w, transposed), n(w, transposed));
        }

        @Override
        void prepare(Matrix w, boolean transposed, Bfloat16Factor to) {
            OneDnn.pack(form(Order.ROWS, Order.PACKED, false), transposed ? Order.COLUMNS : Order.ROWS,
                    rounded(w).address(), to.rows(), to.columns(), to.address());
        }

        @Override
        Order order(boolean transposed) {
            return Order.PACKED;
        }

        @Override
        long room(long x, long y, long z) {
            return 0;
        }

        @Override
        void multiply(Bfloat16Matrix x, Bfloat16Factor y, Matrix z, boolean accumulate, long room) {
            multiply(form(Order.ROWS, Order.PACKED, accumulate), x, y.address(), y.rows(), z);
        }

        /// Some rows after the others, so that batches of many sizes have few shapes: each is compiled, and kept.
        @Override
        void multiplyTransposed(Bfloat16Matrix x, Bfloat16Matrix y, Matrix z, boolean accumulate, long room) {
            for (int from = 0, to; from < y.rows(); from = to) {
                to = from + piece(y.rows() - from);
                multiply(form(Order.COLUMNS, Order.ROWS, accumulate || from > 0), x.rows(from, to), y.row(from), to - from,
                        z);
            }
        }

        private static int piece(int left) {
            return left < PIECE ? left : Math.min(left - left % PIECE, LARGEST);
        }

        private static void multiply(Form form, Bfloat16Matrix x, long y, int k, Matrix z) {
            OneDnn.product(new Shape(form, z.rows(), k, z.columns(), x.stride(), z.stride()), x.address(), y,
                    z.address());
        }
    },
    /// ND4J, which rounds the sums.
    ND4J("ND4J") {
        @Override
        long bytes(Matrix w, boolean transposed) {
            return Bfloat16Matrix.bytes(w.rows(), w.columns());
        }

        @Override
        void prepare(Matrix w, boolean transposed, Bfloat16Factor to) {
            RoundingKernel.round(w, weight(to));
        }

        @Override
        long room(long x, long y, long z) {
            return (z + x) * Bfloat16Matrix.BYTES;
        }

        @Override
        void multiply(Bfloat16Matrix x, Bfloat16Factor y, Matrix z, boolean accumulate, long room) {
            multiply(y.order() == Order.COLUMNS ? Transpose.RIGHT : Transpose.NONE, x, weight(y), z, accumulate, room);
        }

        @Override
        void multiplyTransposed(Bfloat16Matrix x, Bfloat16Matrix y, Matrix z, boolean accumulate, long room) {
            multiply(Transpose.LEFT, x, y, z, accumulate, room);
        }

        private static Bfloat16Matrix weight(Bfloat16Factor y) {
            return y.order() == Order.COLUMNS ? new Bfloat16Matrix(y.address(), y.columns(), y.rows())
                    : new Bfloat16Matrix(y.address(), y.rows(), y.columns());
        }

        private static void multiply(Transpose transpose, Bfloat16Matrix x, Bfloat16Matrix y, Matrix z,
                boolean accumulate, long room) {
            var product = new Bfloat16Matrix(room, z.rows(), z.columns());
            var left = x;
            if (!x.isContiguous()) {
                left = new Bfloat16Matrix(room + z.size() * Bfloat16Matrix.BYTES, x.rows(), x.columns());
                long bytes = (long) x.columns() * Bfloat16Matrix.BYTES;
                for (int i = 0; i < x.rows(); i++)
                    Vectors.memory(left.row(i), bytes).copyFrom(Vectors.memory(x.row(i), bytes));
            }
            if (!Nd4jProduct.multiply(transpose, left, y, product))
                throw new IllegalStateException("no product of " + x + " and " + y + " in bfloat16");
            RoundingKernel.widen(product, z, accumulate);
        }
    },
    /// `Gemm` in float32, from the rounded numbers: where the processor does not have bfloat16, or takes longer in it.
    FLOAT32("products in float32") {
        @Override
        long bytes(Matrix w, boolean transposed) {
            boolean isTurned = isTurned(transposed);
            return (long) k(w, isTurned) * stride(n(w, isTurned)) * Float.BYTES;
        }

        @Override
        void prepare(Matrix w, boolean transposed, Bfloat16Factor to) {
            var weight = weight(to);
            boolean isTurned = isTurned(transposed);
            if (isTurned) TransposeKernel.transpose(w, weight);
            RoundingKernel.widen(rounded(isTurned ? weight : w), weight, false);
        }

        @Override
        Order order(boolean transposed) {
            return isTurned(transposed) ? Order.ROWS : super.order(transposed);
        }

        /// Whether what is prepared is a transpose, written out.
        private static boolean isTurned(boolean transposed) {
            return transposed && Gemm.isSlowerWithTransposed();
        }

        /// Elements from one row of what is prepared to the next, of either kind.
        private static int stride(int columns) {
            return (Gemm.isSlowerWithTransposed() ? RowStride.TRANSPOSE : RowStride.TRAINED_WEIGHT).of(columns);
        }

        @Override
        long room(long x, long y, long z) {
            return (RowStride.most(x) + RowStride.most(y) + z) * Float.BYTES;
        }

        /// x in float32, in `room`, with room between its rows as activations have it.
        private static Matrix widened(Bfloat16Matrix x, long room) {
            var widened = new Matrix(room, x.rows(), x.columns(), RowStride.ACTIVATION.of(x.columns()));
            RoundingKernel.widen(x, widened, false);
            return widened;
        }

        @Override
        void multiply(Bfloat16Matrix x, Bfloat16Factor y, Matrix z, boolean accumulate, long room) {
            var left = widened(x, room);
            var weight = weight(y);
            into(z, accumulate, left.row(left.rows()), (product, adds) -> {
                if (y.order() == Order.COLUMNS) Gemm.productWithTransposed(left, weight, product, adds);
                else Gemm.product(left, weight, product, adds);
            });
        }

        @Override
        void multiplyTransposed(Bfloat16Matrix x, Bfloat16Matrix y, Matrix z, boolean accumulate, long room) {
            var left = widened(x, room);
            var right = widened(y, left.row(left.rows()));
            into(z, accumulate, right.row(right.rows()),
                    (product, adds) -> Gemm.productOfTransposed(left, right, product, adds));
        }

        private static Matrix weight(Bfloat16Factor y) {
            int columns = y.order() == Order.COLUMNS ? y.rows() : y.columns();
            int rows = y.order() == Order.COLUMNS ? y.columns() : y.rows();
            return new Matrix(y.address(), rows, columns, stride(columns));
        }

        /// By way of `room` where `Gemm` would need `Scratch`, in which all this lies.
        private static void into(Matrix z, boolean accumulate, long room, InFloat32 product) {
            if (z.isContiguous() || Gemm.isByOneDnn()) {
                product.run(z, accumulate);
                return;
            }
            var whole = new Matrix(room, z.rows(), z.columns());
            product.run(whole, false);
            if (accumulate) ResidualKernel.add(whole, z, 0, z.rows());
            else Elementwise.copy(whole, z);
        }

        private interface InFloat32 {
            void run(Matrix z, boolean accumulate);
        }
    };

    /// Rows of what is summed up by one product in xᵀ y: a multiple, the most, and the rest.
    private static final int PIECE = 96;
    private static final int LARGEST = 32 * PIECE;

    private final String title;

    Bfloat16Engine(String title) {
        this.title = title;
    }

    /// The name that users know.
    String title() {
        return title;
    }

    /// Bytes of a weight, or of the transposed one, that is prepared for products.
    abstract long bytes(Matrix w, boolean transposed);

    /// Writes a weight, or the transposed one, as products read it.
    ///
    /// @param to  where; with its size and `order`
    abstract void prepare(Matrix w, boolean transposed, Bfloat16Factor to);

    /// How the elements of what was prepared lie.
    Order order(boolean transposed) {
        return transposed ? Order.COLUMNS : Order.ROWS;
    }

    /// Bytes that a product needs besides its factors and its result, which have so many elements.
    ///
    /// @param y  0 if it was prepared
    abstract long room(long x, long y, long z);

    /// z = x y, or z += x y.
    abstract void multiply(Bfloat16Matrix x, Bfloat16Factor y, Matrix z, boolean accumulate, long room);

    /// z = xᵀ y, or z += xᵀ y.
    ///
    /// @param y  without room between its rows
    abstract void multiplyTransposed(Bfloat16Matrix x, Bfloat16Matrix y, Matrix z, boolean accumulate, long room);

    /// A weight rounded, in memory of the thread.
    private static Bfloat16Matrix rounded(Matrix w) {
        long bytes = Bfloat16Matrix.bytes(w.rows(), w.columns());
        var rounded = new Bfloat16Matrix(Scratch.floats(bytes / Float.BYTES), w.rows(), w.columns());
        RoundingKernel.round(w, rounded);
        return rounded;
    }

    static int k(Matrix w, boolean transposed) {
        return transposed ? w.columns() : w.rows();
    }

    static int n(Matrix w, boolean transposed) {
        return transposed ? w.rows() : w.columns();
    }

    private static Form form(Order ofX, Order ofY, boolean accumulates) {
        return new Form(Type.BFLOAT16, ofX, Type.BFLOAT16, ofY, Type.FLOAT32, accumulates);
    }
}
