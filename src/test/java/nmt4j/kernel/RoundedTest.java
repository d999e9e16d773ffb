package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import nmt4j.kernel.Unpacked.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundedTest {
    private static final int ROWS = 37;
    private static final int COLUMNS = 53;

    @Test
    void aNumberIsRoundedToItsUpperHalf() {
        var rounded = Rounded.of(new float[] {1, 1 + 0x1p-7f, 1 + 0x1p-8f, -3.14159f}, 2, 2, Axis.COLUMN);
        assertArrayEquals(new float[] {1, 1 + 0x1p-7f, 1, -3.140625f}, rounded.floats());
    }

    @Test
    void whatIsFiniteStaysFinite() {
        var rounded = Rounded.of(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 1, 2, Axis.ROW);
        assertArrayEquals(new float[] {0x1.fep127f, -0x1.fep127f}, rounded.floats());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPackedIsUnpacked(Axis axis) {
        var rounded = random(axis);
        try (var arena = new Arena()) {
            var packed = rounded.pack(arena);
            assertEquals(axis == Axis.COLUMN ? ROWS : COLUMNS, packed.rows());
            assertArrayEquals(rounded.numbers(), Rounded.of(packed, axis).numbers());
        }
    }

    @Test
    void rowsOfATableAreLookedUp() {
        var rounded = random(Axis.ROW);
        try (var arena = new Arena()) {
            var y = arena.matrix(2, COLUMNS);
            rounded.pack(arena).gather(new int[] {0, 36}, 0.5f, y, 0, 2);
            for (int j = 0; j < COLUMNS; j++) {
                assertEquals(0.5f * rounded.floats()[j], y.get(0, j));
                assertEquals(0.5f * rounded.floats()[36 * COLUMNS + j], y.get(1, j));
            }
        }
    }

    private static Rounded random(Axis axis) {
        var x = new float[ROWS * COLUMNS];
        for (int i = 0; i < x.length; i++) x[i] = (float) Randomness.normal(5, i);
        return Rounded.of(x, ROWS, COLUMNS, axis);
    }
}
