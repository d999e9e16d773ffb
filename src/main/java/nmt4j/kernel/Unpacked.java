package nmt4j.kernel;

import java.lang.foreign.MemorySegment;

/// A matrix in fewer bits than float32, element by element as a file has it.
public sealed interface Unpacked permits Quantized, Rounded {
    /// What has a scale of its own in int8, and where a matrix stands transposed once it is packed.
    enum Axis {
        /// Each column: a weight W that rows are multiplied by, x W.
        COLUMN,
        /// Each row: a table whose rows are looked up, and which is Wᵀ where it is multiplied by.
        ROW
    }

    /// The same as products read it, transposed if it is a table.
    PackedMatrix pack(Arena arena);

    /// In float32, row after row.
    float[] floats();

    /// The elements as they stand in memory, row after row.
    MemorySegment elements();

    /// What was packed.
    ///
    /// @param axis  as it was when it was packed
    static Unpacked of(PackedMatrix packed, Axis axis) {
        return switch (packed) {
            case Int8Matrix numbers -> Quantized.of(numbers, axis);
            case Bfloat16Weight numbers -> Rounded.of(numbers, axis);
        };
    }
}
