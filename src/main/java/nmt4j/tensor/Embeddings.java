package nmt4j.tensor;

import java.util.Arrays;
import nmt4j.kernel.EmbeddingKernel;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.ResidualKernel;

/// Looking up rows of tables by token ids and by positions.
public final class Embeddings {
    private Embeddings() {}

    /// y[t] = scale · table[ids[t]].
    ///
    /// @param table  [V, H]
    /// @param ids    T of them
    /// @return       [T, H]
    public static Tensor lookup(Tape tape, Parameter table, int[] ids, float scale) {
        var y = tape.tensor(ids.length, table.columns()); // [T, H]
        Tiles.of(ids.length).rows(tape.parallel("embedding", y.value(), y.value()),
                (from, to) -> gather(table, ids, scale, y.value(), from, to));
        tape.record(y, () -> Rows.scatter(tape, y.gradient(), ids, scale, table.receive()));
        return y;
    }

    private static void gather(Parameter table, int[] ids, float scale, Matrix y, int from, int to) {
        if (table.packed().isPresent()) table.packed().get().gather(ids, scale, y, from, to);
        else EmbeddingKernel.gather(table.value(), ids, scale, y, from, to);
    }

    /// y[t] = x[t] + table[positions[t]], with a table that is learnt.
    ///
    /// @param x      [T, H]
    /// @param table  [positions, H]
    /// @return       [T, H]
    public static Tensor addPositions(Tensor x, Parameter table, int[] positions) {
        var y = add(x, (z, from, to) -> gather(table, positions, 1, z, from, to));
        x.tape().record(y, () -> {
            Rows.scatter(x.tape(), y.gradient(), positions, 1, table.receive());
            Operations.addGradient(y, x);
        });
        return y;
    }

    /// y[t] = x[t] + p(positions[t]) with p₂ᵢ(n) = sin(n / 10000^(2i/H)) and p₂ᵢ₊₁(n) = cos of the same.
    ///
    /// @param x  [T, H], H even
    /// @return   [T, H]
    public static Tensor addSinusoids(Tensor x, int[] positions) {
        var tape = x.tape();
        var table = tape.sinusoids(Arrays.stream(positions).max().orElse(0) + 1, x.columns());
        var y = add(x, (z, from, to) -> EmbeddingKernel.gather(table, positions, 1, z, from, to));
        tape.record(y, () -> Operations.addGradient(y, x));
        return y;
    }

    /// Writes rows `from` to `to`.
    private interface RowsOf {
        void write(Matrix y, int from, int to);
    }

    private static Tensor add(Tensor x, RowsOf positions) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), x.columns()); // [T, H]
        Tiles.of(x.rows()).rows(tape.parallel("positions", x.value(), y.value(), y.value()), (from, to) -> {
            positions.write(y.value(), from, to);
            ResidualKernel.add(x.value(), y.value(), from, to);
        });
        return y;
    }
}
