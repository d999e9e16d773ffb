package nmt4j.tensor;

import java.util.Optional;
import nmt4j.kernel.Int8Matrix;
import nmt4j.kernel.Int8Product;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Quantized;
import nmt4j.kernel.RowProduct;

/// A weight that training moves. It has memory once its `Parameters` have been allocated: of floats, or, if it is a matrix
/// of a model to translate with, perhaps of int8 numbers in their place.
///
/// A gradient is overwritten by the first part that comes after `clearGradient`; later parts are added.
public final class Parameter implements Weight {
    private final String name;
    private final int rows;
    private final int columns;
    private final Initializer initializer;
    private final Quantized.Axis axis;
    private Matrix value;
    private Int8Matrix int8;
    private Matrix gradient;
    private boolean written;

    /// @param axis  what has a scale of its own, once it is quantised
    Parameter(String name, int rows, int columns, Initializer initializer, Quantized.Axis axis) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
        this.initializer = initializer;
        this.axis = axis;
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

    @Override
    public int stride() {
        return int8 == null ? value.stride() : columns;
    }

    /// Number of elements.
    public long size() {
        return (long) rows * columns;
    }

    @Override
    public Matrix value() {
        if (int8 != null) throw new IllegalStateException(name + " is in int8");
        return value;
    }

    /// Its columns, or rows, have a scale each.
    public Quantized.Axis axis() {
        return axis;
    }

    /// Whether it is in int8 where matrices are.
    public boolean isMatrix() {
        return rows > 1;
    }

    /// The numbers in int8, transposed if rows have scales; empty if it has floats.
    public Optional<Int8Matrix> int8() {
        return Optional.ofNullable(int8);
    }

    @Override
    public void multiply(Matrix x, Matrix z, int from, int to) {
        if (int8 == null) Weight.super.multiply(x, z, from, to);
        else if (axis == Quantized.Axis.COLUMN) Int8Product.multiply(x, int8, z, from, to);
        else throw new IllegalStateException(name + " is a table, transposed");
    }

    /// z = x W of some of W's rows.
    ///
    /// @param x  [rows, to − from], a whole group
    /// @param z  [rows, F], with room for a group
    void multiplyByRows(int from, int to, Matrix x, Matrix z) {
        if (int8 == null) RowProduct.multiply(x, value.rows(from, to), z, 0, z.rows());
        else Int8Product.multiply(x, int8.rows(from, to), z, 0, z.rows());
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
        int8 = null;
        this.value = value;
        this.gradient = gradient;
    }

    void bind(Int8Matrix numbers) {
        value = null;
        int8 = numbers;
    }

    void initialize(long key) {
        initializer.fill(value, key);
    }
}
