package nmt4j.tensor;

import java.util.ArrayList;
import java.util.List;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;

/// Neighbouring places of a loop, which one core takes through all steps: what it has written in a step is in its caches for
/// the next, and cores wait for each other at the end of the loop only.
///
/// @param from    the first place
/// @param to      the place after the last
/// @param memory  [to − from, floats of a place], for what an operation needs only while it runs
record Places(TimeSteps steps, int from, int to, Matrix memory) {
    /// All places of `steps` in parts of about as many rows each. They depend on the sentences alone, never on the number of
    /// threads.
    ///
    /// @param wanted  about so many places in a part
    /// @param floats  of memory for a place
    static List<Places> of(TimeSteps steps, int wanted, int floats, Arena arena) {
        int parts = Math.max(1, Math.round(steps.places() / (float) wanted));
        var all = new ArrayList<Places>();
        int from = 0;
        long rows = 0;
        for (int to = 1; to <= steps.places(); to++) {
            rows += steps.length(to - 1);
            if (rows * parts < (all.size() + 1L) * steps.rows()) continue;
            all.add(new Places(steps, from, to, arena.matrix(to - from, floats)));
            from = to;
        }
        return all;
    }

    /// Number of steps that the longest sentence has.
    int size() {
        return steps.length(from);
    }

    /// The place after the last that has a step t.
    int end(int t) {
        return Math.min(to, steps.active(t));
    }

    /// Number of places that have a step t.
    int count(int t) {
        return end(t) - from;
    }

    /// Of a step's rows those of these places.
    Matrix of(Matrix step) {
        return step.rows(from, Math.min(to, step.rows()));
    }

    /// A matrix in the memory, undefined, with room for a whole group of rows.
    ///
    /// @param before  floats of a place that lie before it
    /// @param stride  elements from one row to the next
    Matrix room(int before, int rows, int columns, int stride) {
        long skipped = (long) Gemm.roundUp(to - from) * before;
        return new Matrix(memory.address() + skipped * Float.BYTES, rows, columns, stride);
    }

    Matrix room(int before, int rows, int columns) {
        return room(before, rows, columns, columns);
    }
}
