package nmt4j.kernel;

import nmt4j.kernel.OneDnn.Form;
import nmt4j.kernel.OneDnn.Order;
import nmt4j.kernel.OneDnn.Shape;
import nmt4j.kernel.OneDnn.Type;

/// Who multiplies in bfloat16. Sums of products are in float32.
enum Bfloat16Engine {
    /// oneDNN 3, which packs weights.
    ONEDNN {
        @Override
        long bytes(int k, int n) {
            return OneDnn.packedBytes(form(Order.ROWS, Order.PACKED, false), k, n);
        }

        @Override
        void prepare(Matrix w, boolean transposed, Bfloat16Factor to) {
            long bytes = Bfloat16Matrix.bytes(w.rows(), w.columns());
            var rounded = new Bfloat16Matrix(Scratch.floats(bytes / Float.BYTES), w.rows(), w.columns());
            RoundingKernel.round(w, rounded);
            OneDnn.pack(form(Order.ROWS, Order.PACKED, false), transposed ? Order.COLUMNS : Order.ROWS,
                    rounded.address(), to.rows(), to.columns(), to.address());
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
        void multiply(Bfloat16Matrix x, boolean transposed, Bfloat16Factor y, Matrix z, boolean accumulate, long room) {
            if (transposed) multiplyTransposed(x, y, z, accumulate);
            else multiply(form(Order.ROWS, y.order(), accumulate), x, y.address(), y.rows(), z);
        }

        /// Some rows after the others, so that batches of many sizes have few shapes: each is compiled, and kept.
        private void multiplyTransposed(Bfloat16Matrix x, Bfloat16Factor y, Matrix z, boolean accumulate) {
            for (int from = 0, to; from < y.rows(); from = to) {
                to = from + piece(y.rows() - from);
                multiply(form(Order.COLUMNS, y.order(), accumulate || from > 0), x.rows(from, to),
                        y.address() + (long) from * y.columns() * Bfloat16Matrix.BYTES, to - from, z);
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
    ND4J {
        @Override
        long room(long x, long y, long z) {
            return (z + x) * Bfloat16Matrix.BYTES;
        }

        @Override
        void multiply(Bfloat16Matrix x, boolean transposed, Bfloat16Factor y, Matrix z, boolean accumulate, long room) {
            var product = new Bfloat16Matrix(room, z.rows(), z.columns());
            var left = x;
            if (!x.isContiguous()) {
                left = new Bfloat16Matrix(room + z.size() * Bfloat16Matrix.BYTES, x.rows(), x.columns());
                long bytes = (long) x.columns() * Bfloat16Matrix.BYTES;
                for (int i = 0; i < x.rows(); i++)
                    Vectors.memory(left.row(i), bytes).copyFrom(Vectors.memory(x.row(i), bytes));
            }
            if (!Gemm.product(left, transposed, plain(y), y.order() == Order.COLUMNS, product))
                throw new IllegalStateException("no product of " + x + " and " + y + " in bfloat16");
            RoundingKernel.widen(product, z, accumulate);
        }
    },
    /// ND4J in float32, from the rounded numbers: where the processor does not have bfloat16.
    FLOAT32 {
        @Override
        long room(long x, long y, long z) {
            return (x + y + z) * Float.BYTES;
        }

        @Override
        void multiply(Bfloat16Matrix x, boolean transposed, Bfloat16Factor y, Matrix z, boolean accumulate, long room) {
            var left = new Matrix(room, x.rows(), x.columns());
            var plain = plain(y);
            var right = new Matrix(room + left.size() * Float.BYTES, plain.rows(), plain.columns());
            RoundingKernel.widen(x, left, false);
            RoundingKernel.widen(plain, right, false);
            var product = new Matrix(right.row(right.rows()), z.rows(), z.columns()); // whole: Gemm needs no Scratch
            if (transposed) Gemm.productOfTransposed(left, right, product, false);
            else if (y.order() == Order.COLUMNS) Gemm.productWithTransposed(left, right, product, false);
            else Gemm.product(left, right, product, false);
            if (accumulate) ResidualKernel.add(product, z, 0, z.rows());
            else EmbeddingKernel.copy(product, z);
        }
    };

    /// Rows of what is summed up by one product in xᵀ y: a multiple, the most, and the rest.
    private static final int PIECE = 96;
    private static final int LARGEST = 32 * PIECE;

    /// The name that users know.
    String title() {
        return this == ONEDNN ? "oneDNN 3" : "ND4J";
    }

    /// Bytes of a factor [k, n] that is prepared for products.
    long bytes(int k, int n) {
        return Bfloat16Matrix.bytes(k, n);
    }

    /// Writes a weight, or the transposed one, as products read it.
    ///
    /// @param to  where; with its size and `order`
    void prepare(Matrix w, boolean transposed, Bfloat16Factor to) {
        RoundingKernel.round(w, new Bfloat16Matrix(to.address(), w.rows(), w.columns()));
    }

    /// How the elements of what was prepared lie.
    Order order(boolean transposed) {
        return transposed ? Order.COLUMNS : Order.ROWS;
    }

    /// Bytes that a product needs besides its factors and its result, which have so many elements.
    abstract long room(long x, long y, long z);

    /// z = x y or xᵀ y, or z += x y or xᵀ y.
    ///
    /// @param transposed  whether x is; then y is a matrix as it is
    abstract void multiply(Bfloat16Matrix x, boolean transposed, Bfloat16Factor y, Matrix z, boolean accumulate, long room);

    private static Bfloat16Matrix plain(Bfloat16Factor y) {
        return y.order() == Order.COLUMNS ? new Bfloat16Matrix(y.address(), y.columns(), y.rows())
                : new Bfloat16Matrix(y.address(), y.rows(), y.columns());
    }

    private static Form form(Order ofX, Order ofY, boolean accumulates) {
        return new Form(Type.BFLOAT16, ofX, Type.BFLOAT16, ofY, Type.FLOAT32, accumulates);
    }
}
