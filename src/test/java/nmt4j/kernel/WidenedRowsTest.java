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

    /// Seen by writing over it, which no one else does.
    @Test
    void aRowIsNotReadAgainAtTheSamePlace() {
        try (var arena = new Arena()) {
            var kept = Bfloat16Matrix.in(arena, 2, COLUMNS);
            fill(kept, 1);
            var widened = new WidenedRows(2, COLUMNS);
            assertEquals(1, read(widened, kept.row(0)));
            fill(kept, 2);
            assertEquals(1, read(widened, kept.row(0)));
            var rows = new long[] {kept.row(1), kept.row(0)};
            widened.read(rows, 2);
            for (long row : rows) assertEquals(2, Vectors.get(row));
            assertEquals(2, read(widened, kept.row(0)));
        }
    }

    private static void fill(Bfloat16Matrix x, float number) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                Vectors.setShort(x.row(i) + (long) j * Bfloat16Matrix.BYTES, RoundingKernel.rounded(number));
    }

    /// The last number of a row that is read at the first place.
    private static float read(WidenedRows widened, long row) {
        var rows = new long[] {row};
        widened.read(rows, 1);
        return Vectors.get(rows[0] + (COLUMNS - 1L) * Float.BYTES);
    }
}
