package nmt4j.diagnostics;

import nmt4j.kernel.Arena;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Parallel;

/// How fast this machine reads and writes memory: y = x + y over vectors larger than any cache.
public final class MemoryBenchmark {
    private static final int ROWS = 512;
    private static final int COLUMNS = 1 << 15; // 64 MB a matrix

    private MemoryBenchmark() {}

    /// 10⁹ bytes a second, of all threads together.
    public static double gigabytes(Parallel parallel, double seconds) {
        try (var arena = new Arena()) {
            var x = arena.matrix(ROWS, COLUMNS);
            var y = arena.matrix(ROWS, COLUMNS);
            x.fill(0);
            y.fill(0);
            long rounds = 0;
            long start = System.nanoTime();
            double elapsed;
            do {
                parallel.tiles(ROWS, row -> Elementwise.add(x.row(row), y.row(row), COLUMNS));
                rounds++;
                elapsed = (System.nanoTime() - start) / 1e9;
            } while (elapsed < seconds);
            return 3.0 * Float.BYTES * rounds * x.size() / elapsed / 1e9;
        }
    }
}
