package nmt4j.kernel;

/// A weight in bfloat16, as products read it. Its columns may be multiplied by a scale each.
///
/// @param scales  [1, n], or null: all 1
public record Bfloat16Weight(long address, int rows, int columns, int depth, Matrix scales) implements PackedMatrix {
    /// A weight whose elements are 0.
    static Bfloat16Weight allocate(Arena arena, int rows, int columns) {
        long bytes = (long) PackedMatrix.panels(columns) * WIDTH * rows * Short.BYTES;
        long address = arena.allocate(bytes);
        Vectors.memory(address, bytes).fill((byte) 0);
        return new Bfloat16Weight(address, rows, columns, rows, null);
    }

    @Override
    public int elementBytes() {
        return Short.BYTES;
    }

    /// The address of w[i, j].
    long at(int i, int j) {
        return column(j) + i * rowBytes();
    }

    @Override
    public Bfloat16Weight rows(int from, int to) {
        if (from < 0 || to < from || to > rows)
            throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of " + rows);
        return new Bfloat16Weight(address + from * rowBytes(), to - from, columns, depth, scales);
    }

    @Override
    public Bfloat16Weight columns(Arena arena, int[] ids) {
        if (scales != null) throw new IllegalStateException("columns of a weight that is normalised");
        var chosen = allocate(arena, rows, ids.length);
        for (int j = 0; j < ids.length; j++)
            for (int i = 0; i < rows; i++) Vectors.setShort(chosen.at(i, j), Vectors.getShort(at(i, ids[j])));
        return chosen;
    }

    @Override
    public void multiply(Matrix x, Matrix z, int from, int to) {
        WideningProduct.multiply(x, this, z, from, to);
    }

    @Override
    public void gather(int[] ids, float scale, Matrix y, int from, int to) {
        for (int t = from; t < to; t++) for (int i = 0; i < rows; i++) y.set(t, i, scale * get(i, ids[t]));
    }

    @Override
    public Bfloat16Weight weightNorm(Matrix g, Matrix others) {
        for (int j = 0; j < columns; j++) {
            double squares = 0;
            for (int i = 0; i < rows; i++) squares += (double) get(i, j) * get(i, j);
            others.set(0, j, (float) (g.get(0, j) / Math.sqrt(squares)));
        }
        return new Bfloat16Weight(address, rows, columns, depth, others);
    }

    private float get(int i, int j) {
        return RoundingKernel.widened(Vectors.getShort(at(i, j)));
    }
}
