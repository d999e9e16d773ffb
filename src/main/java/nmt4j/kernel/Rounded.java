package nmt4j.kernel;

import java.lang.foreign.MemorySegment;

/// A matrix in bfloat16, element by element as a file has it: the upper half of each float32's bits, rounded.
///
/// @param numbers  row after row
public record Rounded(int rows, int columns, Axis axis, short[] numbers) implements Unpacked {
    /// Rounds to the nearest, of two that are equally near to the even one; what is finite stays finite.
    ///
    /// @param x  row after row
    public static Rounded of(float[] x, int rows, int columns, Axis axis) {
        var numbers = new short[x.length];
        for (int i = 0; i < x.length; i++) {
            numbers[i] = RoundingKernel.rounded(x[i]);
            if (Float.isFinite(x[i]) && !Float.isFinite(RoundingKernel.widened(numbers[i]))) numbers[i]--;
        }
        return new Rounded(rows, columns, axis, numbers);
    }

    @Override
    public float[] floats() {
        var x = new float[numbers.length];
        for (int i = 0; i < x.length; i++) x[i] = RoundingKernel.widened(numbers[i]);
        return x;
    }

    @Override
    public MemorySegment elements() {
        return MemorySegment.ofArray(numbers);
    }

    @Override
    public Bfloat16Weight pack(Arena arena) {
        boolean isTable = axis == Axis.ROW;
        var packed = isTable ? Bfloat16Weight.allocate(arena, columns, rows)
                : Bfloat16Weight.allocate(arena, rows, columns);
        for (int i = 0, at = 0; i < rows; i++)
            for (int j = 0; j < columns; j++, at++)
                Vectors.setShort(isTable ? packed.at(j, i) : packed.at(i, j), numbers[at]);
        return packed;
    }

    /// What was packed.
    static Rounded of(Bfloat16Weight packed, Axis axis) {
        boolean isTable = axis == Axis.ROW;
        int rows = isTable ? packed.columns() : packed.rows();
        int columns = isTable ? packed.rows() : packed.columns();
        var numbers = new short[Math.multiplyExact(rows, columns)];
        for (int i = 0, at = 0; i < rows; i++)
            for (int j = 0; j < columns; j++, at++)
                numbers[at] = Vectors.getShort(isTable ? packed.at(j, i) : packed.at(i, j));
        return new Rounded(rows, columns, axis, numbers);
    }
}
