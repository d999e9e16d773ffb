package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nmt4j.kernel.Unpacked.Axis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int8ProductTest {
    /// What saturates at 2¹⁵ after two products, or loses bits above 2²⁴, does not pass: all numbers are ±127, in all columns
    /// of the same sign or of alternating ones.
    @ParameterizedTest
    @CsvSource({"2, 3", "256, 64", "1024, 16", "1025, 17", "2048, 33", "3001, 5", "8192, 16"})
    void sumsOfTheLargestNumbersAreExact(int k, int n) {
        try (var arena = new Arena()) {
            int rows = 29; // two groups of 12, four and one
            var x = arena.matrix(rows, k);
            for (int t = 0; t < rows; t++)
                for (int i = 0; i < k; i++) x.set(t, i, t == 1 && i % 2 == 1 ? -127 : t == 2 ? -127 : 127);
            var w = new float[k * n];
            for (int i = 0; i < k; i++) for (int j = 0; j < n; j++) w[i * n + j] = j == 1 && i % 2 == 1 ? -127 : 127;
            var z = arena.matrix(rows, n);
            Int8Product.multiply(x, Quantized.of(w, k, n, Axis.COLUMN).pack(arena), z, 0, rows);
            for (int t = 0; t < rows; t++)
                for (int j = 0; j < n; j++) {
                    int sum = 0;
                    for (int i = 0; i < k; i++) sum += (int) (x.get(t, i) * w[i * n + j]);
                    assertEquals((float) sum, z.get(t, j), "row " + t + ", column " + j);
                }
        }
    }

    /// Against sums in `int`, to the bit; more rows and columns than any path takes at a time, and a few less.
    @ParameterizedTest
    @CsvSource({"7, 67, 131", "4, 64, 64", "1, 64, 96", "3, 5, 7", "9, 1100, 70", "13, 2500, 16", "41, 67, 531",
            "30, 1100, 70"})
    void anElementIsTheExactSumTimesBothScales(int m, int k, int n) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(m, k), 1);
            var w = Quantized.of(random(arena.matrix(k, n), 2).toArray(), k, n, Axis.COLUMN);
            var z = arena.matrix(m, n);
            Int8Product.multiply(x, w.pack(arena), z, 0, m);
            for (int t = 0; t < m; t++) {
                var q = Quantized.of(x.rows(t, t + 1).toArray(), 1, k, Axis.ROW);
                for (int j = 0; j < n; j++) {
                    int sum = 0;
                    for (int i = 0; i < k; i++) sum += q.numbers()[i] * w.numbers()[i * n + j];
                    assertEquals(sum * q.scales()[0] * w.scales()[j], z.get(t, j), "row " + t + ", column " + j);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"17, 34", "64, 192", "512, 97", "1500, 64"})
    void equalRowsHaveEqualBitsWhereverTheyStandAndHoweverManyThereAre(int k, int n) {
        try (var arena = new Arena()) {
            var row = random(arena.matrix(1, k), 1);
            var w = Quantized.of(random(arena.matrix(k, n), 2).toArray(), k, n, Axis.COLUMN).pack(arena);
            var alone = arena.matrix(1, n);
            Int8Product.multiply(row, w, alone, 0, 1);
            for (int rows = 2; rows < 52; rows += 5) {
                var x = random(arena.matrix(rows, k), rows);
                var z = arena.matrix(rows, n);
                for (int i = 0; i < rows; i += 3) EmbeddingKernel.copy(row, x.rows(i, i + 1));
                Int8Product.multiply(x, w, z, 0, rows);
                for (int i = 0; i < rows; i += 3)
                    assertArrayEquals(alone.toArray(), z.rows(i, i + 1).toArray(), "row " + i + " of " + rows);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "3, 21", "16, 40"})
    void someRowsOfAWeightAreAWeight(int from, int to) {
        try (var arena = new Arena()) {
            var w = random(arena.matrix(40, 37), 2);
            var whole = Quantized.of(w.toArray(), 40, 37, Axis.COLUMN);
            var zeros = whole.numbers().clone();
            for (int i = 0; i < zeros.length; i++) if (i / 37 < from || i / 37 >= to) zeros[i] = 0;
            var x = random(arena.matrix(6, 40), 3);
            for (int t = 0; t < 6; t++) for (int i = 0; i < 40; i++) if (i < from || i >= to) x.set(t, i, 0);
            var part = arena.matrix(6, 37);
            var all = arena.matrix(6, 37);
            Int8Product.multiply(x.columns(from, to), whole.pack(arena).rows(from, to), part, 0, 6);
            Int8Product.multiply(x, new Quantized(40, 37, Axis.COLUMN, zeros, whole.scales()).pack(arena), all, 0, 6);
            assertArrayEquals(all.toArray(), part.toArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void whatIsNoNumberSpoilsItsOwnRowAlone(float odd) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(5, 20), 1);
            x.set(2, 7, odd);
            var z = arena.matrix(5, 30);
            Int8Product.multiply(x, Quantized.of(random(arena.matrix(20, 30), 2).toArray(), 20, 30, Axis.COLUMN)
                    .pack(arena), z, 0, 5);
            for (int t = 0; t < 5; t++)
                for (int j = 0; j < 30; j++) assertEquals(t != 2, Float.isFinite(z.get(t, j)), "row " + t);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 5"})
    void otherShapesAreRefused(int k, int n) {
        try (var arena = new Arena()) {
            var w = Quantized.of(new float[k * n], k, n, Axis.COLUMN).pack(arena);
            assertThrows(IllegalArgumentException.class,
                    () -> Int8Product.multiply(arena.matrix(1, k + 1), w, arena.matrix(1, n), 0, 1));
        }
    }

    private static Matrix random(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
        return x;
    }
}
