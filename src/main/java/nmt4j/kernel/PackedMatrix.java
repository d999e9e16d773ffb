package nmt4j.kernel;

/// A weight W [k, n] in fewer bits than float32, as products read it: to translate with, not to train.
///
/// It stands in panels of `WIDTH` columns, in each of them row after row, so that a product reads its memory from first to
/// last; columns behind the last are 0, or undefined in a copy of some columns. Who allocated the memory frees it.
public sealed interface PackedMatrix permits Int8Matrix, Bfloat16Weight {
    /// Columns of a panel: two vectors of floats.
    int WIDTH = 2 * Vectors.LANES;

    /// Of the first element.
    long address();

    /// k.
    int rows();

    /// n.
    int columns();

    /// Rows from one panel to the next, at least k.
    int depth();

    int elementBytes();

    /// Rows `from` (inclusive) to `to` (exclusive), to be kept: what products need to know of them is found out once.
    PackedMatrix rows(int from, int to);

    /// A copy of some columns.
    PackedMatrix columns(Arena arena, int[] ids);

    /// Rows `from` to `to` of z = x W, and no others. A row's bits depend neither on its place nor on the other rows.
    ///
    /// @param x  [m, k], with room for whole groups (`Gemm.ROWS`)
    /// @param z  [m, n]
    void multiply(Matrix x, Matrix z, int from, int to);

    /// The same some columns at a time, in whole segments (`TopTokens.SEGMENT`) but for the last.
    ///
    /// @param room   for all of z; what of it is written is undefined
    default void multiply(Matrix x, Matrix room, int from, int to, Pieces pieces) {
        multiply(x, room, from, to);
        pieces.take(room.rows(from, to).columns(0, columns()), from, 0);
    }

    /// Takes a part of a product, which is the taker's to change until the next one comes.
    @FunctionalInterface
    interface Pieces {
        /// @param z       rows `row` … and columns `column` … of the product
        /// @param column  the columns before have come
        void take(Matrix z, int row, int column);
    }

    /// y[t] = scale · column ids[t], for t from `from` to `to`: of a table, whose rows stand in columns.
    void gather(int[] ids, float scale, Matrix y, int from, int to);

    /// The weight whose columns have the directions of these and the lengths g (Salimans & Kingma 2016, eq. 2).
    ///
    /// @param g       [1, n]
    /// @param scales  memory for what each column is multiplied by, [1, n]
    PackedMatrix weightNorm(Matrix g, Matrix scales);

    /// The address of a panel.
    default long panel(int i) {
        return address() + i * panelBytes();
    }

    default long panelBytes() {
        return depth() * rowBytes();
    }

    /// Bytes of a row of a panel, from one element of a column to the next.
    default long rowBytes() {
        return (long) WIDTH * elementBytes();
    }

    /// The address of w[0, j]; the column's next elements follow `rowBytes` apart.
    default long column(int j) {
        return panel(j / WIDTH) + (long) (j % WIDTH) * elementBytes();
    }

    static int panels(int columns) {
        return (columns + WIDTH - 1) / WIDTH;
    }
}
