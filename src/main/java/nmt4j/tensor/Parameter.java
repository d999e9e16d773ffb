package nmt4j.tensor;

import nmt4j.kernel.Matrix;

/// A weight that training moves. It has memory once its `Parameters` have been allocated.
///
/// A gradient is overwritten by the first part that comes after `clearGradient`; later parts are added.
public final class Parameter implements Weight {
    private final String name;
    private final int rows;
    private final int columns;
    private final Initializer initializer;
    private Matrix value;
    private Matrix gradient;
    private boolean written;

    Parameter(String name, int rows, int columns, Initializer initializer) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
        this.initializer = initializer;
    }

    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /// Number of elements.
    public long size() {
        return (long) rows * columns;
    }

    @Override
    public Matrix value() {
        return value;
    }

    /// The gradient since `clearGradient`; of a parameter that took no part in the loss it is not defined, see `hasGradient`.
    public Matrix gradient() {
        return gradient;
    }

    /// Whether any gradient has come since `clearGradient`.
    public boolean hasGradient() {
        return written;
    }

    /// Where an operation leaves its part of the gradient.
    @Override
    public Gradient receive() {
        var receiver = new Gradient(gradient, written);
        written = true;
        return receiver;
    }

    public void clearGradient() {
        written = false;
    }

    void bind(Matrix value, Matrix gradient) {
        this.value = value;
        this.gradient = gradient;
    }

    void initialize(long key) {
        initializer.fill(value, key);
    }
}
