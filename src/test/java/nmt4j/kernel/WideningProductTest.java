package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import nmt4j.kernel.Unpacked.Axis;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningProductTest {
    /// More than oneDNN computes in one way.
    private static final int ROWS = 340;

    @BeforeAll
    static void comesAfterTheWarmUp() {
        assertEquals(0, WarmUp.LONGEST);
    }

    /// Few rows, many rows, strips of columns, panels that are not full.
    @ParameterizedTest
    @CsvSource({"64, 192", "256, 1024", "1024, 256", "512, 97", "17, 34", "300, 48", "2048, 160", "3, 1", "256, 1003"})
    void aRowHasTheSameBitsAloneAndAmongMany(int k, int n) {
        try (var arena = new Arena()) {
            var w = weight(k, n).pack(arena);
            var x = random(arena.matrix(ROWS, k), 1);
            var expected = arena.matrix(ROWS, n);
            w.multiply(x, expected, 0, ROWS);
            for (int rows : new int[] {1, 2, 4, 5, 6, 7, 13, 241}) {
                var z = arena.matrix(ROWS, n);
                for (int from = 0; from + rows <= ROWS; from += Math.max(24, Gemm.roundUp(rows))) {
                    w.multiply(x, z, from, from + rows);
                    assertArrayEquals(expected.rows(from, from + rows).toArray(), z.rows(from, from + rows).toArray(),
                            rows + " rows from " + from);
                }
            }
        }
    }

    /// Rows that begin anywhere, as those of a shortlist do: what lies behind them stays.
    @ParameterizedTest
    @CsvSource({"16, 24", "5, 13", "12, 20", "1, 2"})
    void noOtherRowsAreWritten(int from, int to) {
        try (var arena = new Arena()) {
            var w = weight(64, 300).pack(arena);
            var x = random(arena.matrix(40, 64), 1);
            var expected = arena.matrix(40, 300);
            w.multiply(x, expected, 0, 40);
            var z = arena.matrix(40, 300);
            z.fill(7);
            w.multiply(x, z, from, to);
            for (int t = 0; t < 40; t++)
                for (int j = 0; j < 300; j++)
                    assertEquals(t < from || t >= to ? 7 : expected.get(t, j), z.get(t, j), t + ", " + j);
        }
    }

    /// Sums by blocks, as `Gemm` makes them on AVX2.
    @ParameterizedTest
    @CsvSource({"1, 5, 16", "4, 257, 64", "6, 600, 80", "5, 256, 97"})
    void theKernelSumsInBlocks(int m, int k, int n) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(m, k), 1);
            var w = weight(k, n);
            var z = arena.matrix(m, n);
            WideningProduct.few(x, w.pack(arena), z);
            var wide = arena.matrix(k, n);
            wide.copyFrom(w.floats());
            for (int t = 0; t < m; t++)
                for (int j = 0; j < n; j++) assertEquals(RowProductTest.sum(x, wide, t, j), z.get(t, j));
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 67, 131", "1, 64, 96", "41, 300, 531", "3, 5, 7"})
    void anElementIsTheSumOfProductsWithRoundedWeights(int m, int k, int n) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(m, k), 1);
            var w = weight(k, n);
            var z = arena.matrix(m, n);
            w.pack(arena).multiply(x, z, 0, m);
            for (int t = 0; t < m; t++)
                for (int j = 0; j < n; j++) assertEquals(sum(x, w, t, j), z.get(t, j), 1e-4, t + ", " + j);
        }
    }

    private static double sum(Matrix x, Rounded w, int t, int j) {
        var floats = w.floats();
        double sum = 0;
        for (int i = 0; i < w.rows(); i++) sum += (double) x.get(t, i) * floats[i * w.columns() + j];
        return sum;
    }

    /// Rows 3 to 21 of a weight, and columns in another order.
    @Test
    void partsOfAWeightAreWeights() {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(5, 18), 3);
            var w = weight(40, 37);
            var rows = arena.matrix(5, 37);
            w.pack(arena).rows(3, 21).multiply(x, rows, 0, 5);
            var columns = arena.matrix(5, 2);
            w.pack(arena).rows(3, 21).columns(arena, new int[] {36, 0}).multiply(x, columns, 0, 5);
            var numbers = Arrays.copyOfRange(w.numbers(), 3 * 37, 21 * 37);
            var expected = arena.matrix(5, 37);
            new Rounded(18, 37, Axis.COLUMN, numbers).pack(arena).multiply(x, expected, 0, 5);
            assertArrayEquals(expected.toArray(), rows.toArray());
            for (int t = 0; t < 5; t++) {
                assertEquals(expected.get(t, 36), columns.get(t, 0));
                assertEquals(expected.get(t, 0), columns.get(t, 1));
            }
        }
    }

    @Test
    void columnsOfANormalisedWeightHaveTheLengthsThatAreAsked() {
        try (var arena = new Arena()) {
            var w = weight(19, 23);
            var g = random(arena.matrix(1, 23), 4);
            var unit = arena.matrix(19, 19);
            for (int i = 0; i < 19; i++) for (int j = 0; j < 19; j++) unit.set(i, j, i == j ? 1 : 0);
            var z = arena.matrix(19, 23);
            w.pack(arena).weightNorm(g, arena.matrix(1, 23)).multiply(unit, z, 0, 19);
            for (int j = 0; j < 23; j++) {
                double squares = 0;
                for (int i = 0; i < 19; i++) squares += z.get(i, j) * z.get(i, j);
                assertEquals(Math.abs(g.get(0, j)), Math.sqrt(squares), 1e-5);
            }
        }
    }

    @Test
    void otherShapesAreRefused() {
        try (var arena = new Arena()) {
            var w = weight(4, 5).pack(arena);
            assertThrows(IllegalArgumentException.class,
                    () -> w.multiply(arena.matrix(1, 5), arena.matrix(1, 5), 0, 1));
        }
    }

    private static Rounded weight(int k, int n) {
        var x = new float[k * n];
        for (int i = 0; i < x.length; i++) x[i] = (float) Randomness.normal(2, i);
        return Rounded.of(x, k, n, Axis.COLUMN);
    }

    private static Matrix random(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
        return x;
    }
}
