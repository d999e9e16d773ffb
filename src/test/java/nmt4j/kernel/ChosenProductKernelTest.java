package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChosenProductKernelTest {
    /// In double precision, and bit for bit whatever rows and ids are computed together.
    @Test
    void eachProductIsThatOfItsTwoRowsWhateverIsBesideIt() {
        for (int columns : new int[] {13, 64})
            try (var arena = new Arena()) {
                var x = random(arena, 1, 11, columns);
                var table = random(arena, 2, 17, columns);
                var bias = random(arena, 3, 1, 17);
                var ids = new int[] {0, 2, 3, 7, 11, 12, 16};
                var z = arena.matrix(11, 7);
                ChosenProductKernel.run(x, table, bias, ids, z, 0, 11);
                var alone = arena.matrix(11, 7);
                for (int t = 0; t < 11; t++)
                    for (int j = 0; j < ids.length; j++) {
                        double expected = bias.get(0, ids[j]);
                        for (int i = 0; i < columns; i++) expected += (double) x.get(t, i) * table.get(ids[j], i);
                        assertEquals(expected, z.get(t, j), 1e-5);
                        ChosenProductKernel.run(x, table, bias, new int[] {ids[j]}, alone, t, t + 1);
                        assertEquals(alone.get(t, 0), z.get(t, j));
                    }
            }
    }

    private static Matrix random(Arena arena, int key, int rows, int columns) {
        var x = arena.matrix(rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) x.set(i, j, (float) Randomness.normal(key, i * columns + j));
        return x;
    }
}
