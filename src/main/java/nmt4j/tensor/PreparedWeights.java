package nmt4j.tensor;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Bfloat16Factor;
import nmt4j.kernel.Bfloat16Product;
import nmt4j.kernel.Matrix;

/// Weights, and parts of weights, as products of a pass read them. Those of parameters that passes before it have read are prepared
/// by all cores at once, each of the others by the tile that needs it first, for which the rest may have to wait.
final class PreparedWeights {
    private final Tape tape;
    private final Arena arena;
    private final boolean transposed;
    private final Consumer<Matrix> before;
    private final Map<Matrix, Bfloat16Factor> factors = new ConcurrentHashMap<>();
    private final Set<Matrix> parameters = ConcurrentHashMap.newKeySet();

    /// @param arena       for what products read
    /// @param transposed  whether they read the transposes
    /// @param before      what is done before a weight is prepared
    PreparedWeights(Tape tape, Arena arena, boolean transposed, Consumer<Matrix> before) {
        this.tape = tape;
        this.arena = arena;
        this.transposed = transposed;
        this.before = before;
    }

    /// Prepares all that are known, the largest ones first.
    void prepare(String operation) {
        var known = parameters.stream().sorted(Comparator.comparing(Matrix::size).reversed()).toArray(Matrix[]::new);
        tape.parallel(operation, known).tiles(known.length, i -> of(known[i]));
    }

    /// Called from tiles.
    Bfloat16Factor of(Matrix weight) {
        return factors.computeIfAbsent(weight, w -> {
            if (!tape.arena().holds(w)) parameters.add(w);
            before.accept(w);
            return Bfloat16Product.prepare(w, transposed, arena);
        });
    }

    /// Gives back what products read of a weight, if it was prepared.
    void release(Matrix weight) {
        var factor = factors.remove(weight);
        if (factor != null) factor.release(arena);
    }

    /// Forgets what was prepared, not what weights there are. The arena gives the memory back.
    void clear() {
        factors.clear();
    }
}
