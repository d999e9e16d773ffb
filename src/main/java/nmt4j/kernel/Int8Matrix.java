package nmt4j.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A weight in int8, as products read it: w[i, j] = s[j] q[i, j] with q in −127 … 127 and a scale s for each column.
///
/// @param scales  s [1, n]
/// @param sums    Σᵢ q[i, j] of each column, 0 behind the last up to a whole panel: what 1 in all of a row gives
/// @param strips  of these rows
public record Int8Matrix(long address, int rows, int columns, int depth, Matrix scales, float[] sums, Int8Strips strips)
        implements PackedMatrix {
    /// Loads what a first product would wait for.
    public static void loadProducts() {
        Nd4jProduct.load();
    }

    /// A weight whose elements are undefined.
    static Int8Matrix allocate(Arena arena, int rows, int columns) {
        return allocate(arena, rows, columns, true);
    }

    private static Int8Matrix allocate(Arena arena, int rows, int columns, boolean isLasting) {
        int whole = PackedMatrix.panels(columns) * WIDTH;
        var scales = new Matrix(arena.allocate((long) whole * Float.BYTES), 1, columns);
        long address = arena.allocate((long) whole * rows);
        return new Int8Matrix(address, rows, columns, rows, scales, new float[whole],
                new Int8Strips(arena, address, rows, rows, columns, isLasting));
    }

    @Override
    public int elementBytes() {
        return Byte.BYTES;
    }

    @Override
    public Int8Matrix rows(int from, int to) {
        if (from < 0 || to < from || to > rows)
            throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of " + rows);
        long first = address + (long) from * WIDTH;
        var part = new Int8Matrix(first, to - from, columns, depth, scales, new float[sums.length],
                strips.rows(first, to - from));
        part.addUp(toArray(), from);
        return part;
    }

    @Override
    public Int8Matrix columns(Arena arena, int[] ids) {
        var chosen = allocate(arena, rows, ids.length, false);
        for (int j = 0; j < ids.length; j++) {
            long from = column(ids[j]);
            long to = chosen.column(j);
            for (long end = from + (long) rows * WIDTH; from < end; from += WIDTH, to += WIDTH)
                Vectors.setByte(to, Vectors.getByte(from));
            chosen.scales.set(0, j, scales.get(0, ids[j]));
            chosen.sums[j] = sums[ids[j]];
        }
        return chosen;
    }

    @Override
    public void multiply(Matrix x, Matrix z, int from, int to) {
        Int8Product.multiply(x, this, z, from, to);
    }

    @Override
    public void multiply(Matrix x, Matrix room, int from, int to, Pieces pieces) {
        Int8Product.multiply(x, this, room, from, to, pieces);
    }

    @Override
    public void gather(int[] ids, float scale, Matrix y, int from, int to) {
        for (int t = from; t < to; t++) {
            long column = column(ids[t]);
            float s = scale * scales.get(0, ids[t]);
            for (int i = 0; i < rows; i++) y.set(t, i, s * Vectors.getByte(column + (long) i * WIDTH));
        }
    }

    /// s = g / ‖q‖.
    @Override
    public Int8Matrix weightNorm(Matrix g, Matrix others) {
        for (int j = 0; j < columns; j++) {
            long column = column(j);
            long squares = 0;
            for (int i = 0; i < rows; i++) {
                int q = Vectors.getByte(column + (long) i * WIDTH);
                squares += q * q;
            }
            others.set(0, j, (float) (g.get(0, j) / Math.sqrt(squares)));
        }
        return new Int8Matrix(address, rows, columns, depth, others, sums, strips);
    }

    /// Takes the numbers of all panels.
    void copyFrom(byte[] panels) {
        Vectors.memory(address, panels.length).copyFrom(MemorySegment.ofArray(panels));
        addUp(panels, 0);
    }

    /// @param panels  numbers of a whole weight, of which these are some rows
    /// @param first   the first of them
    private void addUp(byte[] panels, int first) {
        for (int j = 0; j < sums.length; j += WIDTH)
            for (int i = 0, at = j * depth + first * WIDTH; i < rows; i++)
                for (int l = j; l < j + WIDTH; l++, at++) sums[l] += panels[at];
    }

    /// The numbers of all panels, one after the other.
    byte[] toArray() {
        if (depth != rows) throw new IllegalStateException("rows of a larger weight");
        return Vectors.memory(address, PackedMatrix.panels(columns) * panelBytes()).toArray(ValueLayout.JAVA_BYTE);
    }
}
