package nmt4j.tensor;

import nmt4j.kernel.Matrix;
import nmt4j.kernel.PackedMatrix;
import nmt4j.kernel.PackedMatrix.Pieces;

/// A weight in fewer bits than float32: to translate with, not to train.
record PackedWeight(PackedMatrix numbers) implements Weight {
    @Override
    public void multiply(Matrix x, Matrix z, int from, int to) {
        numbers.multiply(x, z, from, to);
    }

    @Override
    public void multiply(Matrix x, Matrix room, int from, int to, Pieces pieces) {
        numbers.multiply(x, room, from, to, pieces);
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
        throw new IllegalStateException("a packed weight has no float32 value");
    }

    @Override
    public Gradient receive() {
        throw new IllegalStateException("a packed weight has no gradient");
    }
}
