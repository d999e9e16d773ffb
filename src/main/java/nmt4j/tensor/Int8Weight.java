package nmt4j.tensor;

import nmt4j.kernel.Int8Matrix;
import nmt4j.kernel.Int8Product;
import nmt4j.kernel.Matrix;

/// A weight in int8: to translate with, not to train.
record Int8Weight(Int8Matrix numbers) implements Weight {
    @Override
    public void multiply(Matrix x, Matrix z, int from, int to) {
        Int8Product.multiply(x, numbers, z, from, to);
    }

    @Override
    public int rows() {
        return numbers.rows();
    }

    @Override
    public int columns() {
        return numbers.columns();
    }

    @Override
    public int stride() {
        return columns();
    }

    @Override
    public Matrix value() {
        throw new IllegalStateException("a weight in int8 has no float32 value");
    }

    @Override
    public Gradient receive() {
        throw new IllegalStateException("a weight in int8 has no gradient");
    }
}
