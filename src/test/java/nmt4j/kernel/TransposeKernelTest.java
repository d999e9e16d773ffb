package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransposeKernelTest {
    /// Less than a block, a whole one, and more either way; rows with room between them.
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "3, 5, 0", "16, 16, 0", "17, 64, 4", "33, 7, 9", "40, 24, 0", "256, 300, 16", "130, 129, 0"})
    void eachElementChangesPlacesAndTheRestIsZero(int rows, int columns, int gap) {
        try (var arena = new Arena()) {
            var x = arena.matrix(rows, columns, columns + gap);
            for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) x.set(i, j, 1 + i * columns + j);
            int padded = (rows + Vectors.LANES - 1) / Vectors.LANES * Vectors.LANES;
            var y = arena.matrix(columns, padded);
            y.fill(-1);
            TransposeKernel.run(x, y, 2, arena.matrix(1, TransposeKernel.room()).address());
            var z = arena.matrix(columns, rows, RowStride.TRANSPOSE.of(rows));
            z.whole().fill(-1);
            TransposeKernel.transpose(x, z);

            for (int j = 0; j < columns; j++)
                for (int i = 0; i < padded; i++)
                    assertEquals(i < rows ? 2 * x.get(i, j) : 0, y.get(j, i), i + ", " + j);
            for (int j = 0; j < columns; j++)
                for (int i = 0; i < z.stride(); i++)
                    assertEquals(i < rows ? x.get(i, j) : i < padded ? 0 : -1, z.whole().get(j, i), i + ", " + j);
        }
    }

    @Test
    void whatHasNoRoomForWholeVectorsIsRefused() {
        var x = new Matrix(0, 17, 3);
        assertThrows(IllegalArgumentException.class, () -> TransposeKernel.transpose(x, new Matrix(0, 3, 17)));
        assertThrows(IllegalArgumentException.class, () -> TransposeKernel.transpose(x, new Matrix(0, 17, 3, 32)));
    }
}
