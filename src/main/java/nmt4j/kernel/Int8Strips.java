package nmt4j.kernel;

/// The numbers of a weight in int8 once more, as ND4J multiplies them: in strips of columns, each row after row. They are
/// written, and take memory, when the first product asks for them, which one of a few rows never does.
final class Int8Strips {
    /// Columns of a strip; the last has as many whole panels as are left. Half as wide, they would take twice the calls.
    static final int WIDTH = 2 * TopTokens.SEGMENT;

    private final long panels;
    private final int rows;
    private final int columns; // in whole panels
    private final long address;
    private volatile boolean areWritten;

    /// Of a weight [rows, columns] whose panels are there.
    Int8Strips(Arena arena, long panels, int rows, int columns) {
        this.panels = panels;
        this.rows = rows;
        this.columns = PackedMatrix.panels(columns) * PackedMatrix.WIDTH;
        address = arena.allocate((long) this.columns * rows);
    }

    /// How many columns the strip has that begins with column j.
    int width(int j) {
        return Math.min(WIDTH, columns - j);
    }

    /// The address of a row's elements from column j on, with which a strip begins.
    ///
    /// @param panel  of the same row in the first panel
    long at(long panel, int j) {
        if (!areWritten) write();
        long row = (panel - panels) / PackedMatrix.WIDTH;
        return address + (long) j * rows + row * width(j);
    }

    private synchronized void write() {
        if (areWritten) return;
        for (int j = 0; j < columns; j += WIDTH) write(j, width(j), address + (long) j * rows);
        areWritten = true;
    }

    private void write(int first, int width, long to) {
        for (int j = 0; j < width; j += PackedMatrix.WIDTH) {
            long from = panels + (long) (first + j) * rows;
            for (int i = 0; i < rows; i++)
                Vectors.copyBytes(from + (long) i * PackedMatrix.WIDTH, to + (long) i * width + j);
        }
    }
}
