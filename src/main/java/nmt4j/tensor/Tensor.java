package nmt4j.tensor;

import nmt4j.kernel.Matrix;

/// A value on a tape, and its gradient once the backward pass has come to it. A gradient takes its memory at its first
/// write and gives it back, with the value's, once its own operation has consumed it.
public final class Tensor implements Weight {
    private final Tape tape;
    private Matrix value;
    private Matrix gradient;

    Tensor(Tape tape, Matrix value) {
        this.tape = tape;
        this.value = value;
    }

    public Tape tape() {
        return tape;
    }

    @Override
    public Matrix value() {
        return value;
    }

    @Override
    public int rows() {
        return value.rows();
    }

    @Override
    public int columns() {
        return value.columns();
    }

    @Override
    public int stride() {
        return value.stride();
    }

    /// The gradient of the loss, complete when the operation that made this tensor goes backward.
    public Matrix gradient() {
        if (gradient == null) throw new IllegalStateException("no gradient has come to this tensor " + value);
        return gradient;
    }

    public boolean hasGradient() {
        return gradient != null;
    }

    /// Where a consumer of this tensor leaves its part of the gradient.
    @Override
    public Gradient receive() {
        boolean accumulate = gradient != null;
        if (!accumulate) gradient = tape.arena().matrix(rows(), columns(), value.stride());
        return new Gradient(gradient, accumulate);
    }

    /// Takes the memory of a gradient that its owner no longer needs, in place of a copy.
    ///
    /// @return whether it was taken; not if this tensor has a gradient already
    boolean adopt(Tensor owner) {
        if (gradient != null) return false;
        gradient = owner.gradient;
        owner.gradient = null;
        return true;
    }

    /// Gives the value's memory to the gradient: for an operation that writes the one over the other.
    ///
    /// @return the gradient, which still holds the value
    Matrix gradientOverValue() {
        if (gradient != null) throw new IllegalStateException("a gradient has come already to this tensor " + value);
        gradient = value;
        value = new Matrix(0, gradient.rows(), gradient.columns());
        return gradient;
    }

    /// The gradient, 0 if none has come.
    Matrix gradientOrZero() {
        if (gradient == null) tape.clear(receive().matrix());
        return gradient;
    }

    void release() {
        if (gradient != null) tape.arena().release(gradient);
        if (value.address() != 0) tape.arena().release(value);
        gradient = null;
        value = null;
    }
}
