package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.kernel.Unpacked.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizedTest {
    private static final int ROWS = 35;
    private static final int COLUMNS = 21;

    /// max |x| of a column 2.54 = 127 · 0.02.
    @Test
    void handValues() {
        var byColumn = Quantized.of(new float[] {2.54f, 0, 0.011f, 1, -1.27f, 0}, 2, 3, Axis.COLUMN);
        assertArrayEquals(new float[] {0.02f, 0.01f, 0.011f / 127}, byColumn.scales(), 1e-9f);
        assertArrayEquals(new byte[] {127, 0, 127, 50, -127, 0}, byColumn.numbers());
        var byRow = Quantized.of(new float[] {2.54f, 0, 0.011f, 1, -1.27f, 0}, 2, 3, Axis.ROW);
        assertArrayEquals(new byte[] {127, 0, 1, 100, -127, 0}, byRow.numbers());
    }

    @ParameterizedTest
    @EnumSource
    void noElementIsFurtherAwayThanHalfAScale(Axis axis) {
        var x = random();
        var quantized = Quantized.of(x, ROWS, COLUMNS, axis);
        var back = quantized.floats();
        for (int i = 0; i < x.length; i++) {
            float scale = quantized.scales()[axis == Axis.COLUMN ? i % COLUMNS : i / COLUMNS];
            assertTrue(Math.abs(x[i] - back[i]) <= 0.50001f * scale, "element " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onceMoreChangesNothing(Axis axis) {
        var once = Quantized.of(random(), ROWS, COLUMNS, axis);
        var twice = Quantized.of(once.floats(), ROWS, COLUMNS, axis);
        assertArrayEquals(once.numbers(), twice.numbers());
        for (int s = 0; s < once.scales().length; s++)
            assertEquals(once.scales()[s], twice.scales()[s], 1e-6f * once.scales()[s]);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPackedIsUnpacked(Axis axis) {
        var quantized = Quantized.of(random(), ROWS, COLUMNS, axis);
        try (var arena = new Arena()) {
            var packed = quantized.pack(arena);
            var unpacked = Quantized.of(packed, axis);
            assertEquals(axis == Axis.COLUMN ? ROWS : COLUMNS, packed.rows());
            assertArrayEquals(quantized.numbers(), unpacked.numbers());
            assertArrayEquals(quantized.scales(), unpacked.scales());
        }
    }

    @Test
    void zerosStayZeros() {
        var quantized = Quantized.of(new float[] {0, 1e-39f, 0, 3}, 2, 2, Axis.COLUMN);
        assertArrayEquals(new byte[] {0, 0, 0, 127}, quantized.numbers());
        assertEquals(0, quantized.scales()[0]);
    }

    private static float[] random() {
        var x = new float[ROWS * COLUMNS];
        for (int i = 0; i < x.length; i++) x[i] = (float) Randomness.normal(5, i);
        return x;
    }
}
