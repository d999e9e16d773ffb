package nmt4j.kernel;

import java.lang.foreign.MemorySegment;

/// A matrix in int8, element by element as a file has it: x[i, j] ≈ s q[i, j] with q in −127 … 127, s being one of a column or
/// of a row. The largest element of each has q = ±127, so what has been quantised is quantised once more without a loss.
///
/// @param axis     which elements have a scale in common
/// @param numbers  q, row after row
/// @param scales   s, of each column or row
public record Quantized(int rows, int columns, Axis axis, byte[] numbers, float[] scales) implements Unpacked {
    /// The largest number.
    static final int LARGEST = 127;
    /// Where all elements are smaller, they are taken as 0.
    static final float SMALLEST = 1e-35f;

    /// Rounds to the nearest multiples of s = max |x| / 127.
    ///
    /// @param x  row after row
    public static Quantized of(float[] x, int rows, int columns, Axis axis) {
        var quantized = new Quantized(rows, columns, axis, new byte[x.length],
                new float[axis == Axis.COLUMN ? columns : rows]);
        quantized.measure(x);
        quantized.round(x);
        return quantized;
    }

    /// The scales of `x`.
    private void measure(float[] x) {
        for (int i = 0, at = 0; i < rows; i++)
            for (int j = 0; j < columns; j++, at++) {
                int s = axis == Axis.COLUMN ? j : i;
                scales[s] = Math.max(scales[s], Math.abs(x[at]));
            }
        for (int s = 0; s < scales.length; s++) scales[s] = scales[s] < SMALLEST ? 0 : scales[s] / LARGEST;
    }

    private void round(float[] x) {
        var inverses = new float[scales.length];
        for (int s = 0; s < scales.length; s++) inverses[s] = scales[s] == 0 ? 0 : 1 / scales[s];
        for (int i = 0, at = 0; i < rows; i++)
            for (int j = 0; j < columns; j++, at++)
                numbers[at] =
                        (byte) (x[at] * inverses[axis == Axis.COLUMN ? j : i] + Functions.ROUND - Functions.ROUND);
    }

    /// s q, row after row.
    @Override
    public float[] floats() {
        var x = new float[numbers.length];
        for (int i = 0, at = 0; i < rows; i++)
            for (int j = 0; j < columns; j++, at++) x[at] = numbers[at] * scales[axis == Axis.COLUMN ? j : i];
        return x;
    }

    /// q alone.
    @Override
    public MemorySegment elements() {
        return MemorySegment.ofArray(numbers);
    }

    /// Each scale is one of a column in the packed matrix.
    @Override
    public Int8Matrix pack(Arena arena) {
        var packed = axis == Axis.COLUMN ? Int8Matrix.allocate(arena, rows, columns)
                : Int8Matrix.allocate(arena, columns, rows);
        packed.copyFrom(switch (axis) {
            case COLUMN -> panels(packed);
            case ROW -> transposedPanels(packed);
        });
        packed.scales().copyFrom(scales);
        return packed;
    }

    private byte[] panels(Int8Matrix packed) {
        int width = Int8Matrix.WIDTH;
        var panels = new byte[(columns + width - 1) / width * width * rows];
        for (int first = 0; first < columns; first += width)
            for (int i = 0; i < rows; i++)
                System.arraycopy(numbers, i * columns + first, panels, (int) (packed.column(first) - packed.address())
                        + i * width, Math.min(width, columns - first));
        return panels;
    }

    private byte[] transposedPanels(Int8Matrix packed) {
        int width = Int8Matrix.WIDTH;
        var panels = new byte[(rows + width - 1) / width * width * columns];
        for (int i = 0, at = 0; i < rows; i++) {
            int to = (int) (packed.column(i) - packed.address());
            for (int j = 0; j < columns; j++, at++, to += width) panels[to] = numbers[at];
        }
        return panels;
    }

    /// What was packed.
    static Quantized of(Int8Matrix packed, Axis axis) {
        var unpacked = axis == Axis.COLUMN ? new Quantized(packed.rows(), packed.columns(), axis)
                : new Quantized(packed.columns(), packed.rows(), axis);
        var panels = packed.toArray();
        for (int j = 0; j < packed.columns(); j++) {
            int from = (int) (packed.column(j) - packed.address());
            int to = axis == Axis.COLUMN ? j : j * packed.rows();
            int step = axis == Axis.COLUMN ? packed.columns() : 1;
            for (int i = 0; i < packed.rows(); i++, from += Int8Matrix.WIDTH, to += step)
                unpacked.numbers[to] = panels[from];
            unpacked.scales[j] = packed.scales().get(0, j);
        }
        return unpacked;
    }

    private Quantized(int rows, int columns, Axis axis) {
        this(rows, columns, axis, new byte[Math.multiplyExact(rows, columns)],
                new float[axis == Axis.COLUMN ? columns : rows]);
    }
}
