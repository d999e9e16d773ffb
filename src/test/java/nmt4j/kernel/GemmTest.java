package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GemmTest {
    /// What makes a translation independent of its neighbours; true of whole weights without room between their rows.
    ///
    /// @param k, n  rows and columns of the weight
    @ParameterizedTest
    @CsvSource({"17, 34", "22, 66", "61, 7", "64, 192", "128, 512", "512, 1536", "512, 97"})
    void equalRowsHaveEqualBitsWhereverTheyStandAndHoweverManyThereAre(int k, int n) {
        try (var arena = new Arena()) {
            var row = random(arena.matrix(1, k), 1).toArray();
            var weight = random(arena.matrix(k, n), 2);
            var alone = product(arena, row, weight, 1).rows(0, 1).toArray();
            for (int rows = 1; rows < 8 * Gemm.ROWS; rows += 7) {
                var product = product(arena, row, weight, rows);
                for (int i = 0; i < rows; i++)
                    assertArrayEquals(alone, product.rows(i, i + 1).toArray(), "row " + i + " of " + rows);
            }
        }
    }

    /// The first products of rows are ND4J's with AVX2, of weights with all that lies between their rows.
    ///
    /// @param k, n  of a weight to decode with, or of an output layer that was transposed
    @ParameterizedTest
    @CsvSource({"17, 34", "61, 7", "256, 256", "256, 768", "256, 1024", "1024, 256", "512, 512", "600, 768",
            "2048, 512", "256, 8000", "256, 8192"})
    void theFirstProductsOfRowsHaveTheBitsOfLaterOnes(int k, int n) {
        assumeTrue(OneDnn.hasAvx2() && !Processor.hasAvx512(),
                "oneDNN 3 with AVX2 alone: elsewhere all are made alike");
        try (var arena = new Arena()) {
            for (int stride : new int[] {n, RowStride.DECODED_WEIGHT.of(n)}) {
                var w = random(arena.matrix(k, n, stride), 2);
                for (int rows : new int[] {Gemm.ROWS, 8 * Gemm.ROWS, 19 * Gemm.ROWS, 240}) {
                    var x = random(arena.matrix(rows, k), 1);
                    var first = arena.matrix(rows, n, stride);
                    var later = arena.matrix(rows, n, stride);
                    Gemm.productByNd4j(x, w.whole(), first.whole());
                    Gemm.product(x, w, later, false);
                    assertArrayEquals(first.toArray(), later.toArray(), rows + " rows, " + stride);
                }
            }
        }
    }

    /// Whoever multiplies here, and ND4J, which does elsewhere.
    private enum Products {
        GEMM {
            @Override
            void multiply(Transpose transpose, Matrix x, Matrix y, Matrix z, boolean accumulate) {
                switch (transpose) {
                    case NONE -> Gemm.product(x, y, z, accumulate);
                    case LEFT -> Gemm.productOfTransposed(x, y, z, accumulate);
                    case RIGHT -> Gemm.productWithTransposed(x, y, z, accumulate);
                }
            }
        },
        ND4J {
            @Override
            void multiply(Transpose transpose, Matrix x, Matrix y, Matrix z, boolean accumulate) {
                Nd4jProduct.multiply(transpose, x, y, z, accumulate);
            }
        };

        abstract void multiply(Transpose transpose, Matrix x, Matrix y, Matrix z, boolean accumulate);
    }

    @Test
    void theSumOfNoProductsIsZero() {
        try (var arena = new Arena()) {
            var z = arena.matrix(5, 7);
            z.fill(1000);
            Gemm.productOfTransposed(arena.matrix(0, 5), arena.matrix(0, 7), z, true);
            assertEquals(1000, z.get(4, 6));
            Gemm.productOfTransposed(arena.matrix(0, 5), arena.matrix(0, 7), z, false);
            for (int i = 0; i < 5; i++) for (int j = 0; j < 7; j++) assertEquals(0, z.get(i, j));
        }
    }

    /// Of a tile of a weight's gradient: some columns of what the weight was multiplied by.
    @ParameterizedTest
    @EnumSource
    void aFactorMayBeSomeColumnsOfAWiderMatrix(Products products) {
        int k = 61;
        try (var arena = new Arena()) {
            var x = random(arena.matrix(k, 35), 1).columns(3, 26);
            var y = random(arena.matrix(k, 17), 2);
            var z = arena.matrix(23, 17);
            z.fill(1000);
            for (int times = 1; times <= 2; times++) {
                products.multiply(Transpose.LEFT, x, y, z, times > 1);
                for (int i = 0; i < z.rows(); i++)
                    for (int j = 0; j < z.columns(); j++)
                        assertEquals(times * sum(Transpose.LEFT, x, y, i, j), z.get(i, j), 1e-4, i + ", " + j);
            }
        }
    }

    /// As a tile of logits; what lies beside them stays.
    @ParameterizedTest
    @EnumSource
    void theResultMayBeSomeColumnsOfAWiderMatrix(Products products) {
        int k = 61;
        try (var arena = new Arena()) {
            var x = random(arena.matrix(24, k), 1);
            var y = random(arena.matrix(17, k), 2);
            var wide = arena.matrix(24, 35);
            wide.fill(1000);
            var z = wide.columns(3, 20);
            for (int times = 1; times <= 2; times++) {
                products.multiply(Transpose.RIGHT, x, y, z, times > 1);
                for (int i = 0; i < wide.rows(); i++)
                    for (int j = 0; j < wide.columns(); j++)
                        if (j < 3 || j >= 20) assertEquals(1000, wide.get(i, j));
                        else assertEquals(times * sum(Transpose.RIGHT, x, y, i, j - 3), wide.get(i, j), 1e-4,
                                i + ", " + j);
            }
        }
    }

    /// As in training, where rows would otherwise lie a quarter page apart; what lies between them stays.
    @ParameterizedTest
    @EnumSource
    void allMatricesMayHaveRoomBetweenTheirRows(Products products) {
        int m = 24;
        int k = 61;
        int n = 48;
        try (var arena = new Arena()) {
            for (var transpose : Transpose.values()) {
                var x = random(transpose == Transpose.LEFT ? arena.matrix(k, m, m + 16) : arena.matrix(m, k, k + 16),
                        1);
                var y = random(transpose == Transpose.RIGHT ? arena.matrix(n, k, k + 8) : arena.matrix(k, n, n + 8), 2);
                var z = arena.matrix(m, n, n + 16);
                z.whole().fill(1000);
                products.multiply(transpose, x, y, z, false);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++)
                        assertEquals(sum(transpose, x, y, i, j), z.get(i, j), 1e-4, transpose + ": " + i + ", " + j);
                    for (int j = n; j < z.stride(); j++) assertEquals(1000, z.whole().get(i, j));
                }
            }
        }
    }

    /// An element of a product.
    private static double sum(Transpose transpose, Matrix x, Matrix y, int i, int j) {
        double sum = 0;
        for (int l = 0; l < transpose.k(x); l++)
            sum += (double) (transpose == Transpose.LEFT ? x.get(l, i) : x.get(i, l))
                    * (transpose == Transpose.RIGHT ? y.get(j, l) : y.get(l, j));
        return sum;
    }

    /// Of rows that are all the same.
    private static Matrix product(Arena arena, float[] row, Matrix weight, int rows) {
        var x = arena.matrix(rows, row.length);
        for (int i = 0; i < rows; i++) x.rows(i, i + 1).copyFrom(row);
        var z = arena.matrix(rows, weight.columns());
        Gemm.product(Gemm.zeroFilledGroup(x), weight, Gemm.group(z, 0, rows), false);
        return z;
    }

    private static Matrix random(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
        return x;
    }
}
