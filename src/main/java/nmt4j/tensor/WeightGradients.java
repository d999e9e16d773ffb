package nmt4j.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Factor;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Postponed;

/// Gradients of weights, which no operation waits for: cores compute them where they would have nothing to do, at the end of
/// others and between them.
final class WeightGradients {
    /// Operations of which some are not done: so many that cores always find one, so few that little memory is held.
    private static final int LIMIT = 6;

    private final Parallel parallel;
    private final Arena arena;
    private final Deque<Part> parts = new ArrayDeque<>();

    WeightGradients(Parallel parallel, Arena arena) {
        this.parallel = parallel;
        this.arena = arena;
    }

    /// Those of one operation.
    ///
    /// @param read  what its tiles read
    private record Part(Postponed tiles, List<Gradient> gradients, List<Factor> read) {
        boolean writes(Matrix matrix) {
            for (var gradient : gradients) if (gradient.matrix().address() == matrix.address()) return true;
            return false;
        }
    }

    /// Those of one operation, after earlier parts of the same gradients.
    ///
    /// @param operation  whose name the profile shows
    /// @param count      of tiles
    /// @param gradients  that they write; whatever else adds to them is postponed as well
    /// @param read       what they read: all of what the tape's arena gave, which is held until then, and which nothing changes
    void postpone(String operation, int count, IntConsumer tile, List<Gradient> gradients, Factor... read) {
        for (var gradient : gradients) finish(gradient.matrix());
        for (var factor : read) arena.hold(factor);
        parts.add(new Part(parallel.postpone(operation, count, tile), gradients, List.of(read)));
        if (parts.size() > LIMIT) finishFirst();
    }

    /// Returns when nothing writes there any more.
    void finish(Matrix gradient) {
        while (parts.stream().anyMatch(part -> part.writes(gradient))) finishFirst();
    }

    /// Returns when all are done.
    void finish() {
        while (!parts.isEmpty()) finishFirst();
    }

    private void finishFirst() {
        var part = parts.remove();
        parallel.finish(part.tiles);
        part.read.forEach(arena::release);
    }

    /// Forgets those that are not done, and what they read.
    void drop() {
        for (var part : parts) parallel.drop(part.tiles);
        parts.clear();
    }
}
