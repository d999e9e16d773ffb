package nmt4j.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A weight W [k, n] in int8, as products read it: w[i, j] = s[j] q[i, j] with q in −127 … 127 and a scale s for each column.
///
/// It stands in panels of `WIDTH` columns, in each of them row after row, so that a product reads its memory from first to
/// last; columns behind the last are 0. Who allocated the memory frees it.
///
/// @param address  of the first element
/// @param rows     k
/// @param columns  n
/// @param depth    rows from one panel to the next, at least k
/// @param scales   s [1, n]
public record Int8Matrix(long address, int rows, int columns, int depth, Matrix scales) {
    /// Columns of a panel: two vectors of floats.
    static final int WIDTH = 2 * Vectors.LANES;

    /// A weight whose elements are undefined.
    static Int8Matrix allocate(Arena arena, int rows, int columns) {
        var scales = new Matrix(arena.allocate((long) panels(columns) * WIDTH * Float.BYTES), 1, columns);
        return new Int8Matrix(arena.allocate((long) panels(columns) * WIDTH * rows), rows, columns, rows, scales);
    }

    private static int panels(int columns) {
        return (columns + WIDTH - 1) / WIDTH;
    }

    /// Rows `from` (inclusive) to `to` (exclusive).
    public Int8Matrix rows(int from, int to) {
        if (from < 0 || to < from || to > rows)
            throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of " + rows);
        return new Int8Matrix(address + (long) from * WIDTH, to - from, columns, depth, scales);
    }

    /// A copy of some columns.
    public Int8Matrix columns(Arena arena, int[] ids) {
        var chosen = allocate(arena, rows, ids.length);
        for (int j = 0; j < ids.length; j++) {
            long from = column(ids[j]);
            long to = chosen.column(j);
            for (long end = from + (long) rows * WIDTH; from < end; from += WIDTH, to += WIDTH)
                Vectors.setByte(to, Vectors.getByte(from));
            chosen.scales.set(0, j, scales.get(0, ids[j]));
        }
        return chosen;
    }

    /// The same numbers with other scales.
    public Int8Matrix scaled(Matrix others) {
        return new Int8Matrix(address, rows, columns, depth, others);
    }

    /// The address of a panel.
    long panel(int i) {
        return address + i * panelBytes();
    }

    long panelBytes() {
        return (long) depth * WIDTH;
    }

    /// The address of q[0, j]; the column's next elements follow `WIDTH` bytes apart.
    long column(int j) {
        return panel(j / WIDTH) + j % WIDTH;
    }

    /// Takes the numbers of all panels.
    void copyFrom(byte[] panels) {
        Vectors.memory(address, panels.length).copyFrom(MemorySegment.ofArray(panels));
    }

    /// The numbers of all panels, one after the other.
    byte[] toArray() {
        if (depth != rows) throw new IllegalStateException("rows of a larger weight");
        return Vectors.memory(address, (long) panels(columns) * panelBytes())
                .toArray(ValueLayout.JAVA_BYTE);
    }
}
