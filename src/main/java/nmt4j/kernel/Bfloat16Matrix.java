package nmt4j.kernel;

/// A row-major bfloat16 matrix in native memory: the upper half of each float32 (8 bits of exponent, 7 of mantissa). Who allocated
/// the memory frees it; a matrix is only a view.
///
/// @param address  of the first element
/// @param stride   elements from one row to the next
public record Bfloat16Matrix(long address, int rows, int columns, int stride) implements Factor {
    static final int BYTES = Short.BYTES;

    /// Without room between its rows.
    public Bfloat16Matrix(long address, int rows, int columns) {
        this(address, rows, columns, columns);
    }

    /// In memory of an arena, with undefined elements.
    public static Bfloat16Matrix in(Arena arena, int rows, int columns) {
        return new Bfloat16Matrix(arena.allocate(bytes(rows, columns)), rows, columns);
    }

    /// Gives the memory back to the arena that it came from.
    public void release(Arena arena) {
        arena.release(address, bytes(rows, columns));
    }

    @Override
    public Bfloat16Matrix rows(int from, int to) {
        if (from < 0 || to < from || to > rows)
            throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of " + rows);
        return new Bfloat16Matrix(row(from), to - from, columns, stride);
    }

    @Override
    public Bfloat16Matrix columns(int from, int to) {
        if (from < 0 || to < from || to > columns)
            throw new IndexOutOfBoundsException("columns " + from + " to " + to + " of " + columns);
        return new Bfloat16Matrix(address + (long) from * BYTES, rows, to - from, stride);
    }

    /// Makes all elements 0.
    public void clear() {
        if (!isContiguous()) throw new IllegalStateException("room between rows: " + this);
        Vectors.memory(address, (long) rows * columns * BYTES).fill((byte) 0);
    }

    boolean isContiguous() {
        return stride == columns || rows == 1;
    }

    /// The address of row i.
    public long row(int i) {
        return address + (long) i * stride * BYTES;
    }

    /// Bytes, up to the next whole cache line: also what a slice of memory takes.
    static long bytes(int rows, int columns) {
        return ((long) rows * columns * BYTES + 63) / 64 * 64;
    }
}
