package nmt4j.tensor;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import nmt4j.kernel.Matrix;

/// Memory that a tile needs only while it runs: as many matrices as tiles run at once. That of the tile before is in the caches
/// still, so it is lent first.
final class Rooms {
    private final Tape tape;
    private final Matrix all;
    private final Deque<Matrix> free = new ConcurrentLinkedDeque<>();

    /// @param tiles          of the operation
    /// @param rows, columns  of the matrix that a tile gets
    Rooms(Tape tape, int tiles, int rows, int columns) {
        this(tape, tiles, rows, columns, columns);
    }

    /// @param stride  elements from one row of the matrix to the next
    Rooms(Tape tape, int tiles, int rows, int columns, int stride) {
        this.tape = tape;
        int atOnce = Math.min(tiles, tape.threads());
        all = tape.arena().matrix(atOnce * rows, columns, stride);
        for (int i = 0; i < atOnce; i++) free.push(all.rows(i * rows, (i + 1) * rows));
    }

    /// Runs a tile with a matrix whose elements are undefined.
    void lend(Consumer<Matrix> tile) {
        var room = free.pop();
        try {
            tile.accept(room);
        } finally {
            free.push(room);
        }
    }

    void release() {
        tape.arena().release(all);
    }
}
