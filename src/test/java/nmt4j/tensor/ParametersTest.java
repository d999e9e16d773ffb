package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    private static final int COLUMNS = 512; // a little more of them in memory, see `RowStride`
    private static final int NARROW = 256; // the same, but not in version 0.1
    private static final int ROWS = 3;

    /// A training state may have been written where another library multiplies, or by an earlier version.
    @ParameterizedTest
    @CsvSource({"0, 0", "16, 16", "16, 0"})
    void numbersAreReadWhateverGapsThereWereBetweenRows(int gapOfWide, int gapOfNarrow) {
        try (var parameters = declared()) {
            parameters.allocate(true);
            int wide = COLUMNS + gapOfWide;
            int narrow = NARROW + gapOfNarrow;
            var stored = new float[16 + ROWS * (wide + narrow)];
            stored[0] = 7;
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < COLUMNS; j++) stored[16 + i * wide + j] = 1000 * i + j;
                for (int j = 0; j < NARROW; j++) stored[16 + ROWS * wide + i * narrow + j] = -1000 * i - j;
            }
            assertTrue(parameters.copy(MemorySegment.ofArray(stored), memory(parameters)));
            assertEquals(7, parameters.get("small").value().get(0, 0));
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < COLUMNS; j++)
                    assertEquals(1000 * i + j, parameters.get("wide").value().get(i, j));
                for (int j = 0; j < NARROW; j++)
                    assertEquals(-1000 * i - j, parameters.get("narrow").value().get(i, j));
            }
        }
    }

    @Test
    void numbersOfOtherParametersAreNotRead() {
        try (var parameters = declared()) {
            parameters.allocate(true);
            for (int size : new int[] {0, 16 + ROWS * (COLUMNS + NARROW - 16), 16 + ROWS * (COLUMNS + NARROW + 48)})
                assertFalse(parameters.copy(MemorySegment.ofArray(new float[size]), memory(parameters)));
        }
    }

    private static Parameters declared() {
        var parameters = new Parameters();
        parameters.root().add("small", 1, Initializer.ZERO);
        parameters.root().add("wide", ROWS, COLUMNS, Initializer.ZERO);
        parameters.root().add("narrow", ROWS, NARROW, Initializer.ZERO);
        return parameters;
    }

    @SuppressWarnings("restricted") // memory of the parameters, as long as they have it
    private static MemorySegment memory(Parameters parameters) {
        var values = parameters.values();
        return MemorySegment.ofAddress(values.address())
                .reinterpret(values.size() * ValueLayout.JAVA_FLOAT.byteSize());
    }
}
