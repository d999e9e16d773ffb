package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WidenedRowsTest {
    private static final int COLUMNS = 67;

    /// One after the other, with some in common at the same place or at another.
    @Test
    void eachPlaceHasTheRowThatWasReadLast() {
        try (var arena = new Arena()) {
            var kept = Bfloat16Matrix.in(arena, 5, COLUMNS);
            var expected = arena.matrix(5, COLUMNS);
            for (int i = 0; i < 5; i++) expected.rows(i, i + 1).fill(i + 1);
            RoundingKernel.round(expected, kept);
            var widened = new WidenedRows(3, COLUMNS);
            for (int[] ids : new int[][] {{2, 0}, {2, 1, 4}, {1, 2, 4}, {3}, {1, 2}, {0, 2, 2}}) {
                var rows = new long[] {-1, -1, -1};
                for (int j = 0; j < ids.length; j++) rows[j] = kept.row(ids[j]);
                widened.read(rows, ids.length);
                for (int j = 0; j < 3; j++)
                    if (j < ids.length)
                        assertArrayEquals(expected.rows(ids[j], ids[j] + 1).toArray(),
                                new Matrix(rows[j], 1, COLUMNS).toArray());
                    else assertEquals(-1, rows[j]);
            }
        }
    }
}
