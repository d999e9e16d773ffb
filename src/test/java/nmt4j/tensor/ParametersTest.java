package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static final int COLUMNS = 512; // a little more of them in memory, on processors whose vectors are short
    private static final int ROWS = 3;

    /// A training state may have been written on a processor with other vectors.
    @Test
    void numbersAreReadWhateverGapsThereWereBetweenRows() {
        for (int stride : new int[] {COLUMNS, COLUMNS + 16})
            try (var parameters = declared()) {
                parameters.allocate(true);
                var stored = new float[16 + ROWS * stride];
                stored[0] = 7;
                for (int i = 0; i < ROWS; i++)
                    for (int j = 0; j < COLUMNS; j++) stored[16 + i * stride + j] = 1000 * i + j;
                assertTrue(parameters.copy(MemorySegment.ofArray(stored), memory(parameters)));
                assertEquals(7, parameters.get("small").value().get(0, 0));
                var expected = new float[ROWS * COLUMNS];
                for (int i = 0; i < expected.length; i++) expected[i] = 1000 * (i / COLUMNS) + i % COLUMNS;
                assertArrayEquals(expected, parameters.get("wide").value().toArray());
            }
    }

    @Test
    void numbersOfOtherParametersAreNotRead() {
        try (var parameters = declared()) {
            parameters.allocate(true);
            for (int size : new int[] {0, 16 + ROWS * COLUMNS - 16, 16 + ROWS * (COLUMNS + 16) + 16})
                assertFalse(parameters.copy(MemorySegment.ofArray(new float[size]), memory(parameters)));
        }
    }

    private static Parameters declared() {
        var parameters = new Parameters();
        parameters.root().add("small", 1, Initializer.ZERO);
        parameters.root().add("wide", ROWS, COLUMNS, Initializer.ZERO);
        return parameters;
    }

    @SuppressWarnings("restricted") // memory of the parameters, as long as they have it
    private static MemorySegment memory(Parameters parameters) {
        var values = parameters.values();
        return MemorySegment.ofAddress(values.address())
                .reinterpret(values.size() * ValueLayout.JAVA_FLOAT.byteSize());
    }
}
