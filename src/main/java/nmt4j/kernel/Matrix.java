package nmt4j.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A row-major float32 matrix in native memory. Who allocated the memory frees it; a matrix is only a view.
///
/// @param address  of the first element
/// @param rows     number of rows
/// @param columns  number of columns
/// @param stride   elements from one row to the next, at least `columns`
public record Matrix(long address, int rows, int columns, int stride) implements Factor {
    public Matrix {
        if (rows < 0 || columns < 0 || stride < columns)
            throw new IllegalArgumentException("matrix [" + rows + ", " + columns + "] with stride " + stride);
    }

    public Matrix(long address, int rows, int columns) {
        this(address, rows, columns, columns);
    }

    /// The address of row i.
    public long row(int i) {
        return address + (long) i * stride * Float.BYTES;
    }

    @Override
    public Matrix rows(int from, int to) {
        if (from < 0 || to < from || to > rows)
            throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of " + rows);
        return new Matrix(row(from), to - from, columns, stride);
    }

    /// Columns `from` (inclusive) to `to` (exclusive).
    public Matrix columns(int from, int to) {
        if (from < 0 || to < from || to > columns)
            throw new IndexOutOfBoundsException("columns " + from + " to " + to + " of " + columns);
        return new Matrix(address + (long) from * Float.BYTES, rows, to - from, stride);
    }

    /// The same with what lies between its rows as columns more.
    public Matrix whole() {
        return new Matrix(address, rows, stride, stride);
    }

    public boolean isContiguous() {
        return stride == columns;
    }

    /// Number of elements.
    public long size() {
        return (long) rows * columns;
    }

    public float get(int i, int j) {
        return Vectors.get(row(i) + (long) j * Float.BYTES);
    }

    public void set(int i, int j, float x) {
        Vectors.set(row(i) + (long) j * Float.BYTES, x);
    }

    /// The elements as memory of the JDK, row by row without what lies between rows: the matrix itself if nothing does, else
    /// a copy.
    public MemorySegment packed() {
        if (isContiguous()) return Vectors.memory(address, size() * Float.BYTES);
        var copy = MemorySegment.ofArray(new float[Math.toIntExact(size())]);
        for (int i = 0; i < rows; i++)
            copy.asSlice(i * rowBytes(), rowBytes()).copyFrom(Vectors.memory(row(i), rowBytes()));
        return copy;
    }

    /// Takes all elements, packed row by row.
    public void copyFrom(MemorySegment elements) {
        if (elements.byteSize() != rows * rowBytes())
            throw new IllegalArgumentException(elements.byteSize() + " bytes for " + size() + " elements");
        for (int i = 0; i < rows; i++)
            Vectors.copy(elements, i * rowBytes(), row(i), rowBytes());
    }

    private long rowBytes() {
        return (long) columns * Float.BYTES;
    }

    /// A copy of all elements, row by row.
    public float[] toArray() {
        return packed().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    /// A copy of all elements, an array a row.
    public float[][] toRows() {
        var copy = new float[rows][];
        for (int i = 0; i < rows; i++)
            copy[i] = Vectors.memory(row(i), rowBytes()).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        return copy;
    }

    /// Takes all elements, an array a row.
    public void copyFrom(float[][] elements) {
        if (elements.length != rows) throw new IllegalArgumentException(elements.length + " rows for " + this);
        for (int i = 0; i < rows; i++) rows(i, i + 1).copyFrom(elements[i]);
    }

    /// Takes all elements, row by row.
    public void copyFrom(float[] elements) {
        copyFrom(MemorySegment.ofArray(elements));
    }

    public void fill(float x) {
        for (int i = 0; i < rows; i++) Elementwise.fill(row(i), columns, x);
    }

    /// All elements, and what lies between rows, become 0; without a kernel, which a program that starts has not compiled.
    public void clear() {
        Vectors.memory(address, (long) rows * stride * Float.BYTES).fill((byte) 0);
    }
}
