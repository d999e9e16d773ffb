package nmt4j.tensor;

import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel.RowRange;
import nmt4j.kernel.TransposeKernel;

/// Products in float32: every factor is read as it is, but for transposed weights.
enum Float32Products implements Products {
    /// A weight multiplies in its own precision; the bits of a row depend on no other.
    INFERENCE {
        @Override
        void multiplyRows(Matrix x, Weight weight, Matrix z, int from, int to) {
            weight.multiply(x, z, from, to);
        }

        @Override
        public Transposed transposed(Tape tape, Matrix w) {
            return asItLies(w);
        }
    },
    /// All rows at once, as matrices lie.
    TRAINING {
        @Override
        void multiplyRows(Matrix x, Weight weight, Matrix z, int from, int to) {
            Gemm.product(Gemm.group(x, from, to), weight.value(), Gemm.group(z, from, to), false);
        }

        @Override
        public Transposed transposed(Tape tape, Matrix w) {
            return Gemm.isSlowerWithTransposed() ? Copy.of(tape, w) : asItLies(w);
        }
    };

    abstract void multiplyRows(Matrix x, Weight weight, Matrix z, int from, int to);

    @Override
    public void begin() {}

    @Override
    public void vacate() {}

    @Override
    public int stride(int columns) {
        return Gemm.activationStride(columns);
    }

    @Override
    public Factor factor(Tape tape, Matrix x) {
        return x;
    }

    @Override
    public Factor factor(Tape tape, String operation, Matrix[] touched, Matrix x, int size, RowRange rows) {
        tape.parallel(operation, touched).rows(x.rows(), size, rows);
        return x;
    }

    @Override
    public void release(Tape tape, Factor factor) {}

    @Override
    public Factor input(Tape tape, Matrix x) {
        return Gemm.group(x, 0, x.rows());
    }

    @Override
    public boolean keepsRounded() {
        return false;
    }

    @Override
    public int tile(int rows) {
        return Tiles.rows(rows);
    }

    @Override
    public int part(int n) {
        return Gemm.roundUp(n);
    }

    @Override
    public void multiply(Matrix x, Factor input, Weight weight, Matrix z, int from, int to, RowRange then) {
        multiplyRows(x, weight, z, from, to);
        then.run(from, to);
    }

    @Override
    public void product(Factor x, Matrix w, Matrix z, boolean accumulate) {
        Gemm.product((Matrix) x, w, z, accumulate);
    }

    @Override
    public void productOfTransposed(Factor x, Factor y, Matrix z, boolean accumulate) {
        Gemm.productOfTransposed((Matrix) x, (Matrix) y, z, accumulate);
    }

    @Override
    public void close() {}

    private static Transposed asItLies(Matrix w) {
        return (x, z, accumulate) -> Gemm.productWithTransposed((Matrix) x, w, z, accumulate);
    }

    /// Written out, since many products read it.
    private record Copy(Tape tape, Matrix transposed) implements Transposed {
        static Copy of(Tape tape, Matrix w) {
            var transposed = tape.arena().matrix(w.columns(), w.rows(), TransposeKernel.stride(w.rows()));
            tape.parallel("transposed weight", w, transposed).rows(w.columns(), Tiles.columns(w.columns()),
                    (from, to) -> TransposeKernel.transpose(w.columns(from, to), transposed.rows(from, to)));
            return new Copy(tape, transposed);
        }

        @Override
        public void multiply(Factor x, Matrix z, boolean accumulate) {
            Gemm.product((Matrix) x, transposed, z, accumulate);
        }

        @Override
        public void close() {
            tape.arena().release(transposed);
        }
    }
}
