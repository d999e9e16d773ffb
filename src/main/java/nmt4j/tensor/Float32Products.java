package nmt4j.tensor;

import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel.RowRange;

/// Products in float32: every factor is read as it is.
enum Float32Products implements Products {
    /// A weight multiplies in its own precision; the bits of a row depend on no other.
    INFERENCE {
        @Override
        void multiplyRows(Matrix x, Weight weight, Matrix z, int from, int to) {
            weight.multiply(x, z, from, to);
        }
    },
    /// All rows at once, as matrices lie.
    TRAINING {
        @Override
        void multiplyRows(Matrix x, Weight weight, Matrix z, int from, int to) {
            Gemm.product(Gemm.group(x, from, to), weight.value(), Gemm.group(z, from, to), false);
        }
    };

    abstract void multiplyRows(Matrix x, Weight weight, Matrix z, int from, int to);

    @Override
    public void begin() {}

    @Override
    public void vacate() {}

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
    public void productWithTransposed(Factor x, Matrix w, Matrix z, boolean accumulate) {
        Gemm.productWithTransposed((Matrix) x, w, z, accumulate);
    }

    @Override
    public void productOfTransposed(Factor x, Factor y, Matrix z, boolean accumulate) {
        Gemm.productOfTransposed((Matrix) x, (Matrix) y, z, accumulate);
    }

    @Override
    public void close() {}
}
