package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingKernelTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 37; // whole vectors, and a part of one

    private final Arena arena = new Arena();

    @AfterEach
    void close() {
        arena.close();
    }

    /// 1 + 2⁻⁷ is the number after 1: what lies in the middle between two goes to the one whose last bit is 0.
    @ParameterizedTest
    @CsvSource({"1, 0x1p0", "0x1.01p0, 0x1p0", "0x1.010002p0, 0x1.02p0", "0x1.03p0, 0x1.04p0", "-0x1.03p0, -0x1.04p0",
            "0x1p-133, 0x1p-133", "0x1p-149, 0", "-0.0, -0.0", "3.4028235e38, Infinity", "-Infinity, -Infinity",
            "NaN, NaN"})
    void handValues(float x, float expected) {
        for (boolean isByVectors : new boolean[] {false, true})
            for (int place : new int[] {0, COLUMNS - 1}) // in a vector, and behind the last whole one
                assertEquals(expected, roundedAndBack(filled(x), isByVectors).get(0, place));
    }

    @Test
    void aNumberWithoutMeaningStaysOneWhateverItsBits() {
        for (boolean isByVectors : new boolean[] {false, true})
            for (int bits : new int[] {0x7fffffff, 0x7f800001, 0xffffffff})
                assertTrue(Float.isNaN(roundedAndBack(filled(Float.intBitsToFloat(bits)), isByVectors).get(0, 0)));
    }

    /// Before vectors are compiled it is one number after the other.
    @Test
    void vectorsGiveTheBitsOfSingleNumbers() {
        var x = random();
        assertArrayEquals(roundedAndBack(x, false).toArray(), roundedAndBack(x, true).toArray());
        assertArrayEquals(roundedAndBack(x, false).toArray(), roundedAndBack(x).toArray());
    }

    @Test
    void noNumberMovesByMoreThanHalfOfItsLastBitAndTwiceIsOnce() {
        var x = random();
        var once = roundedAndBack(x);
        for (int i = 0; i < ROWS; i++)
            for (int j = 0; j < COLUMNS; j++)
                assertTrue(Math.abs(x.get(i, j) - once.get(i, j)) <= 0x1p-8f * Math.abs(x.get(i, j)));
        assertArrayEquals(once.toArray(), roundedAndBack(once).toArray());
    }

    @Test
    void accumulatingAddsInFloat32() {
        var x = Bfloat16Matrix.in(arena, ROWS, COLUMNS);
        var y = arena.matrix(ROWS, COLUMNS);
        y.fill(1);
        RoundingKernel.round(y, x);
        y.fill(0x1p-20f);
        RoundingKernel.widen(x, y, true);
        assertEquals(1 + 0x1p-20f, y.get(0, 0));
        assertEquals(1 + 0x1p-20f, y.get(ROWS - 1, COLUMNS - 1));
    }

    private Matrix filled(float x) {
        var matrix = arena.matrix(ROWS, COLUMNS);
        matrix.fill(x);
        return matrix;
    }

    private Matrix roundedAndBack(Matrix x) {
        var rounded = Bfloat16Matrix.in(arena, x.rows(), x.columns());
        RoundingKernel.round(x, rounded);
        var back = arena.matrix(x.rows(), x.columns());
        RoundingKernel.widen(rounded, back, false);
        return back;
    }

    private Matrix roundedAndBack(Matrix x, boolean isByVectors) {
        var rounded = Bfloat16Matrix.in(arena, x.rows(), x.columns());
        var back = arena.matrix(x.rows(), x.columns());
        for (int i = 0; i < x.rows(); i++) {
            if (isByVectors) {
                RoundingKernel.roundVectors(x.row(i), rounded.row(i), x.columns());
                RoundingKernel.widenVectors(rounded.row(i), back.row(i), x.columns());
            } else {
                RoundingKernel.roundScalars(x.row(i), rounded.row(i), x.columns());
                RoundingKernel.widenScalars(rounded.row(i), back.row(i), x.columns());
            }
        }
        return back;
    }

    private Matrix random() {
        var x = arena.matrix(ROWS, COLUMNS);
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(3, (long) i * x.columns() + j));
        return x;
    }
}
