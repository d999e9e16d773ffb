package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.kernel.Unpacked.Axis;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Int8ProductTest {
    @BeforeAll
    static void comesAfterTheWarmUp() {
        assertEquals(0, WarmUp.LONGEST);
    }

    /// What saturates at 2¹⁵ after two products, or loses bits above 2²⁴, does not pass: all numbers are as large as they
    /// can be, in all columns of either sign or of alternating ones.
    @ParameterizedTest
    @CsvSource({"2, 3", "256, 64", "1024, 16", "1025, 17", "2048, 33", "3001, 5", "8192, 16"})
    void sumsOfTheLargestNumbersAreExact(int k, int n) {
        try (var arena = new Arena()) {
            int rows = 29;
            var x = arena.matrix(rows, k);
            for (int t = 0; t < rows; t++)
                for (int i = 0; i < k; i++) x.set(t, i, i > 0 && (t != 1 || i % 2 == 1) ? 127 : 0);
            var w = new float[k * n];
            for (int i = 0; i < k; i++)
                for (int j = 0; j < n; j++) w[i * n + j] = j == 2 || j == 1 && i % 2 == 1 ? -127 : 127;
            var packed = Quantized.of(w, k, n, Axis.COLUMN).pack(arena);
            for (var product : products()) {
                var z = arena.matrix(rows, n);
                product.multiply(x, packed, z);
                for (int t = 0; t < rows; t++)
                    for (int j = 0; j < n; j++) {
                        int sum = 0;
                        for (int i = 0; i < k; i++) sum += (int) (x.get(t, i) * w[i * n + j]);
                        assertEquals((float) sum, z.get(t, j), "row " + t + ", column " + j);
                    }
            }
        }
    }

    /// Against sums in `int`, to the bit; more rows and columns than any path takes at a time, and a few less.
    @ParameterizedTest
    @CsvSource({"7, 67, 131", "4, 64, 64", "1, 64, 96", "3, 5, 7", "5, 67, 531", "9, 1100, 70", "13, 2500, 16",
            "41, 67, 531", "30, 1100, 70", "540, 33, 600", "13, 67, 1100", "200, 33, 1100"})
    void anElementIsTheExactSumTimesBothScales(int m, int k, int n) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(m, k), 1);
            for (int i = 0; i < k; i++) x.set(0, i, Math.abs(x.get(0, i)) + 1);      // 0 is not between the least and
            for (int i = 0; i < k; i++) x.set(m - 1, i, -Math.abs(x.get(m - 1, i)) - 1); // the largest
            var w = Quantized.of(random(arena.matrix(k, n), 2).toArray(), k, n, Axis.COLUMN);
            var packed = w.pack(arena);
            for (var product : products()) {
                var z = arena.matrix(m, n);
                product.multiply(x, packed, z);
                for (int t = 0; t < m; t++) {
                    var row = SevenBits.of(x.rows(t, t + 1).toArray());
                    for (int j = 0; j < n; j++)
                        assertEquals(row.times(w, j), z.get(t, j), "row " + t + ", column " + j);
                }
            }
        }
    }

    /// A row, element by element a + b q.
    private record SevenBits(float a, float b, int[] q) {
        static SevenBits of(float[] x) {
            float least = x[0];
            float largest = x[0];
            for (float element : x) {
                least = Math.min(least, element);
                largest = Math.max(largest, element);
            }
            var q = new int[x.length];
            for (int i = 0; i < x.length; i++) q[i] = (int) Math.rint((x[i] - least) * (127 / (largest - least)));
            return new SevenBits(least, (largest - least) / 127, q);
        }

        float times(Quantized w, int j) {
            int sum = 0;
            int ofColumn = 0;
            for (int i = 0; i < q.length; i++) {
                int p = w.numbers()[i * w.columns() + j];
                sum += q[i] * p;
                ofColumn += p;
            }
            return Math.fma(a, (float) ofColumn, b * sum) * w.scales()[j];
        }
    }

    private interface Product {
        void multiply(Matrix x, Int8Matrix w, Matrix z);
    }

    /// Whichever is faster, and either path by itself.
    private static List<Product> products() {
        var products = new ArrayList<Product>();
        products.add((x, w, z) -> Int8Product.multiply(x, w, z, 0, x.rows()));
        products.add(Int8Product::few);
        products.add(EarlyInt8Product::multiply);
        if (Int8Strips.areFast()) products.add(Int8Product::many);
        return products;
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
                for (int i = 0; i < rows; i += 3) Elementwise.copy(row, x.rows(i, i + 1));
                Int8Product.multiply(x, w, z, 0, rows);
                for (int i = 0; i < rows; i += 3)
                    assertArrayEquals(alone.toArray(), z.rows(i, i + 1).toArray(), "row " + i + " of " + rows);
            }
        }
    }

    /// Few rows of x, and many, for which a weight is made ready once.
    @ParameterizedTest
    @CsvSource({"5, 37", "29, 37", "29, 1100"})
    void partsOfAWeightAreWeights(int m, int n) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(m, 18), 3);
            var w = Quantized.of(random(arena.matrix(40, n), 2).toArray(), 40, n, Axis.COLUMN);
            var numbers = Arrays.copyOfRange(w.numbers(), 3 * n, 21 * n);
            var expected = arena.matrix(m, n);
            new Quantized(18, n, Axis.COLUMN, numbers, w.scales()).pack(arena).multiply(x, expected, 0, m);
            var part = w.pack(arena).rows(3, 21);
            var chosen = part.columns(arena, new int[] {36, 0});
            for (int time = 0; time < 2; time++) {
                var rows = arena.matrix(m, n);
                part.multiply(x, rows, 0, m);
                assertArrayEquals(expected.toArray(), rows.toArray());
                var columns = arena.matrix(m, 2);
                chosen.multiply(x, columns, 0, m);
                for (int t = 0; t < m; t++) {
                    assertEquals(expected.get(t, 36), columns.get(t, 0));
                    assertEquals(expected.get(t, 0), columns.get(t, 1));
                }
            }
        }
    }

    /// Whichever thread makes it ready.
    @Test
    void threadsMayAskForAWeightAtOnce() {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(29, 64), 3);
            var w = Quantized.of(random(arena.matrix(64, 2100), 2).toArray(), 64, 2100, Axis.COLUMN);
            var expected = arena.matrix(29, 2100);
            w.pack(arena).multiply(x, expected, 0, 29);
            for (int time = 0; time < 20; time++) {
                var shared = w.pack(arena);
                var products = List.of(arena.matrix(29, 2100), arena.matrix(29, 2100));
                products.parallelStream().forEach(z -> shared.multiply(x, z, 0, 29));
                for (var z : products) assertArrayEquals(expected.toArray(), z.toArray());
            }
        }
    }

    /// Pieces come from left to right, in whole segments but for the last, for all rows of a call.
    @ParameterizedTest
    @CsvSource({"5, 1100", "29, 37", "540, 1100"})
    void piecesAreTheProduct(int m, int n) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(m, 20), 3);
            var w = Quantized.of(random(arena.matrix(20, n), 2).toArray(), 20, n, Axis.COLUMN).pack(arena);
            var expected = arena.matrix(m, n);
            w.multiply(x, expected, 0, m);
            var z = arena.matrix(m, n);
            var next = new int[m];
            for (int from = 0, to; from < m; from = to) {
                to = Math.min(m, from + 528);
                w.multiply(x, arena.matrix(m, n), from, to, (piece, row, column) -> {
                    assertEquals(0, column % TopTokens.SEGMENT);
                    for (int t = 0; t < piece.rows(); t++) {
                        assertEquals(next[row + t], column);
                        next[row + t] = column + piece.columns();
                        Elementwise.copy(piece.row(t), z.row(row + t) + (long) column * Float.BYTES, piece.columns());
                    }
                });
            }
            assertArrayEquals(expected.toArray(), z.toArray());
        }
    }

    /// Neither has a range to be divided into steps.
    @ParameterizedTest
    @CsvSource({"0", "-2.5"})
    void rowsOfOneNumberAreMultipliedToo(float number) {
        try (var arena = new Arena()) {
            var x = arena.matrix(2, 30);
            x.fill(number);
            var w = random(arena.matrix(30, 20), 2);
            var packed = Quantized.of(w.toArray(), 30, 20, Axis.COLUMN);
            for (var product : products()) {
                var z = arena.matrix(2, 20);
                product.multiply(x, packed.pack(arena), z);
                for (int j = 0; j < 20; j++) {
                    int sum = 0;
                    for (int i = 0; i < 30; i++) sum += packed.numbers()[i * 20 + j];
                    assertEquals(number * sum * packed.scales()[j], z.get(1, j), 1e-6);
                }
            }
        }
    }

    /// NaN of either sign: x86 makes that with the sign.
    @ParameterizedTest
    @ValueSource(ints = {0x7fc00000, 0xffc00000, 0x7f800000, 0xff800000})
    void whatIsNoNumberSpoilsItsOwnRowAlone(int bits) {
        try (var arena = new Arena()) {
            for (int k : new int[] {20, 70}) {
                var x = random(arena.matrix(13, k), 1);
                x.set(2, 7, Float.intBitsToFloat(bits));
                var w = Quantized.of(random(arena.matrix(k, 30), 2).toArray(), k, 30, Axis.COLUMN).pack(arena);
                for (var product : products()) {
                    var z = arena.matrix(13, 30);
                    product.multiply(x, w, z);
                    for (int t = 0; t < 13; t++)
                        for (int j = 0; j < 30; j++)
                            assertEquals(t != 2, Float.isFinite(z.get(t, j)), "row " + t);
                }
            }
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
