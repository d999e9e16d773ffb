package nmt4j.tensor;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.PackedMatrix;
import nmt4j.kernel.RowProduct;
import nmt4j.kernel.Unpacked.Axis;

/// A weight that training moves. It has memory once its `Parameters` have been allocated: of floats, or, if it is a matrix
/// of a model to translate with, perhaps of numbers of fewer bits in their place.
///
/// A gradient is overwritten by the first part that comes after `clearGradient`; later parts are added.
public final class Parameter implements Weight {
    private final String name;
    private final int rows;
    private final int columns;
    private final Initializer initializer;
    private final Axis axis;
    private Matrix value;
    private PackedMatrix packed;
    private final Map<Span, PackedMatrix> packedParts = new ConcurrentHashMap<>();
    private Matrix gradient;
    private boolean written;

    /// @param axis  a weight's columns, or a table's rows
    Parameter(String name, int rows, int columns, Initializer initializer, Axis axis) {
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
        return packed == null ? value.stride() : columns;
    }

    /// Number of elements.
    public long size() {
        return (long) rows * columns;
    }

    @Override
    public Matrix value() {
        if (packed != null) throw new IllegalStateException(name + " is packed");
        return value;
    }

    /// What has a scale of its own in int8: a weight's columns, or a table's rows.
    public Axis axis() {
        return axis;
    }

    /// Whether it is packed where matrices are.
    public boolean isMatrix() {
        return rows > 1;
    }

    /// The numbers of fewer bits, a table's transposed; empty if it has floats.
    public Optional<PackedMatrix> packed() {
        return Optional.ofNullable(packed);
    }

    @Override
    public void multiply(Matrix x, Matrix z, int from, int to) {
        if (packed == null) Weight.super.multiply(x, z, from, to);
        else if (axis == Axis.COLUMN) packed.multiply(x, z, from, to);
        else throw new IllegalStateException(name + " is a table, transposed");
    }

    /// z = x W of some of W's rows.
    ///
    /// @param x  [rows, to − from], a whole group
    /// @param z  [rows, F], with room for a group
    void multiplyByRows(int from, int to, Matrix x, Matrix z) {
        if (packed == null) RowProduct.multiply(x, value.rows(from, to), z, 0, z.rows());
        else packedRows(from, to).multiply(x, z, 0, z.rows());
    }

    private PackedMatrix packedRows(int from, int to) {
        if (from == 0 && to == packed.rows()) return packed;
        return packedParts.computeIfAbsent(new Span(from, to), _ -> packed.rows(from, to));
    }

    private record Span(int from, int to) {}

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
        packed = null;
        packedParts.clear();
        this.value = value;
        this.gradient = gradient;
    }

    void bind(PackedMatrix numbers) {
        value = null;
        packed = numbers;
        packedParts.clear();
    }

    void initialize(long key) {
        initializer.fill(value, key);
    }
}
