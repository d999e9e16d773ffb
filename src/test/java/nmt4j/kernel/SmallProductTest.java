package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallProductTest {
    private static final float UNTOUCHED = -77;
    private static final int GAP = 3;

    /// Rows and columns for whole blocks, for some that reach back, and for less than one; of each sum exactly the bits of one
    /// that is added up in order.
    @ParameterizedTest
    @CsvSource({"16, 16, 64", "13, 64, 13", "4, 37, 80", "3, 5, 48", "8, 64, 16", "7, 64, 20", "5, 7, 3", "9, 1, 1",
            "1, 9, 33",
            "21, 10, 95"})
    void eachElementIsSummedUpInOrder(int m, int k, int n) {
        try (var arena = new Arena()) {
            var a = random(arena, m, k, 1);
            var ofColumns = random(arena, k, m, 2);
            var b = random(arena, k, n, 3);
            var c = arena.matrix(m, n, n + GAP);
            c.whole().fill(UNTOUCHED);
            SmallProduct.multiply(a, b, c);
            assertSums((i, l) -> a.get(i, l), b, c);
            SmallProduct.multiplyTransposed(ofColumns, b, c);
            assertSums((i, l) -> ofColumns.get(l, i), b, c);
        }
    }

    private static void assertSums(Left a, Matrix b, Matrix c) {
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                float sum = 0;
                for (int l = 0; l < b.rows(); l++) sum = Math.fma(a.get(i, l), b.get(l, j), sum);
                assertEquals(sum, c.get(i, j), i + ", " + j);
            }
            for (int j = c.columns(); j < c.stride(); j++) assertEquals(UNTOUCHED, c.whole().get(i, j), i + ", " + j);
        }
    }

    private interface Left {
        float get(int i, int l);
    }

    private static Matrix random(Arena arena, int rows, int columns, int key) {
        var x = arena.matrix(rows, columns, columns + GAP);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) x.set(i, j, (float) Randomness.normal(key, (long) i * columns + j));
        return x;
    }
}
