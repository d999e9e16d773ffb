package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
