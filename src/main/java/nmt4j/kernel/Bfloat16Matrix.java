package nmt4j.kernel;

/// A row-major bfloat16 matrix in native memory, without room between its rows: the upper half of each float32 (8 bits of
/// exponent, 7 of mantissa). Who allocated the memory frees it; a matrix is only a view.
///
/// @param address  of the first element
public record Bfloat16Matrix(long address, int rows, int columns) implements Factor {
    static final int BYTES = Short.BYTES;

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
        return new Bfloat16Matrix(row(from), to - from, columns);
    }

    /// The address of row i.
    public long row(int i) {
        return address + (long) i * columns * BYTES;
    }

    /// Bytes, up to the next whole cache line: also what a slice of memory takes.
    static long bytes(int rows, int columns) {
        return ((long) rows * columns * BYTES + 63) / 64 * 64;
    }
}
