package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.kernel.Gemm;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 95, 97, 193, 767, 2048, 4096, 5000, 100_003})
    void tilesFollowOneAnotherInWholeUnits(int rows) {
        assertFollow(Tiles.of(rows));
        assertFollow(Tiles.ofSize(rows, 24));
    }

    private static void assertFollow(Tiles tiles) {
        var ends = new int[tiles.count() + 1];
        try (var parallel = new Parallel(1)) {
            tiles.run(parallel, (tile, from, to) -> {
                assertEquals(ends[tile], from);
                assertEquals(0, from % tiles.unit());
                assertTrue(from < to && to - from <= tiles.size(), tile + " has the rows " + from + " to " + to);
                ends[tile + 1] = to;
            });
        }
        assertEquals(tiles.rows(), ends[tiles.count()]);
    }

    /// Two or four cores with equal shares of the tiles have equal work, but for a group of rows.
    @ParameterizedTest
    @ValueSource(ints = {1000, 1500, 2048, 2100, 4000, 4096})
    void sharesOfTheTilesAreEqualRows(int rows) {
        var tiles = Tiles.of(rows);
        assertEquals(8, tiles.count());
        for (int cores = 2; cores <= 8; cores *= 2)
            for (int i = 0; i < cores; i++) {
                int begin = tiles.begin(i * tiles.count() / cores);
                int end = tiles.end((i + 1) * tiles.count() / cores - 1);
                assertEquals((double) rows / cores, end - begin, Gemm.ROWS);
            }
    }

    @ParameterizedTest
    @ValueSource(ints = {97, 767, 2048, 4095})
    void aWholeGroupHasAsManyTilesAsItsRows(int rows) {
        assertEquals(Tiles.ofSize(rows, 24).count(), Tiles.ofSize(Gemm.roundUp(rows), 24).count());
    }
}
