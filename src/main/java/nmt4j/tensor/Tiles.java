package nmt4j.tensor;

import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Parallel.RowRange;

/// How the rows of an operation are cut for the cores: by their number alone, never by the number of threads, so that sums
/// over tiles are the same on any machine. Tiles are as even as whole units allow: equal shares are then equal work.
///
/// @param rows   in all
/// @param unit   rows that stay together
/// @param count  of tiles
record Tiles(int rows, int unit, int count) {
    /// Enough to keep eight cores busy, few enough for long products.
    private static final int WANTED = 8;
    private static final int SMALLEST = 96;
    private static final int LARGEST = 528;

    /// A tile, and its rows `from` (inclusive) to `to` (exclusive).
    @FunctionalInterface
    interface Tile {
        void run(int tile, int from, int to);
    }

    /// Of tokens.
    static Tiles of(int rows) {
        int size = Math.clamp(Math.ceilDiv(rows, WANTED), SMALLEST, LARGEST);
        return new Tiles(rows, Gemm.ROWS, Math.ceilDiv(rows, size));
    }

    /// Of tokens that a weight multiplies, as products want it. A search has large tiles, since the weight is made ready for each
    /// of them: copied to where a product reads it best, or written out if it is in bfloat16.
    static Tiles of(int rows, Tape tape) {
        return tape.isPredicting() ? ofSize(rows, LARGEST) : tape.products().tiles(rows);
    }

    /// Of W's rows, for its gradient.
    static Tiles ofWeight(int rows, Tape tape) {
        return ofSize(rows, tape.products().part(Math.clamp(Math.ceilDiv(rows, 4), 132, 264)));
    }

    /// All of a size but the last.
    static Tiles ofSize(int rows, int size) {
        return new Tiles(rows, size, Math.ceilDiv(rows, size));
    }

    int begin(int tile) {
        return (int) ((long) Math.ceilDiv(rows, unit) * tile / count) * unit;
    }

    int end(int tile) {
        return Math.min(rows, begin(tile + 1));
    }

    /// Rows of the largest tile, rounded up to whole units.
    int size() {
        return count == 0 ? 0 : Math.ceilDiv(Math.ceilDiv(rows, unit), count) * unit;
    }

    void run(Parallel cores, Tile body) {
        cores.tiles(count, tile -> run(tile, body));
    }

    /// One of them.
    void run(int tile, Tile body) {
        body.run(tile, begin(tile), end(tile));
    }

    /// The same for what does not ask which tile it is.
    void rows(Parallel cores, RowRange body) {
        run(cores, (_, from, to) -> body.run(from, to));
    }

    /// Adds the rows of `sums`, in order, to the gradient of a row vector.
    static void addUp(Matrix sums, Gradient gradient) {
        addUpEvery(sums, 1, 0, gradient);
    }

    /// Adds every `step`-th row from `first`, in order.
    static void addUpEvery(Matrix sums, int step, int first, Gradient gradient) {
        long total = gradient.matrix().address();
        if (!gradient.accumulate()) gradient.matrix().fill(0);
        for (int i = first; i < sums.rows(); i += step) Elementwise.add(sums.row(i), total, sums.columns());
    }
}
