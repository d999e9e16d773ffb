package nmt4j.tensor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import nmt4j.kernel.Matrix;

/// Memory that a tile needs only while it runs: a matrix for each thread, which goes from tile to tile and stays in its caches.
final class Rooms {
    private final Tape tape;
    private final Matrix all;
    private final Queue<Matrix> free = new ConcurrentLinkedQueue<>();

    /// @param rows, columns  of the matrix that a tile gets
    Rooms(Tape tape, int rows, int columns) {
        this.tape = tape;
        int threads = tape.threads();
        all = tape.arena().matrix(threads * rows, columns);
        for (int i = 0; i < threads; i++) free.add(all.rows(i * rows, (i + 1) * rows));
    }

    /// Runs a tile with a matrix whose elements are undefined.
    void lend(Consumer<Matrix> tile) {
        var room = free.remove();
        try {
            tile.accept(room);
        } finally {
            free.add(room);
        }
    }

    void release() {
        tape.arena().release(all);
    }
}
