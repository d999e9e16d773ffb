package nmt4j.tensor;

import java.util.Arrays;
import java.util.List;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.EmbeddingKernel;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.ResidualKernel;
import nmt4j.kernel.ScaleKernel;

/// Operations that move rows about.
public final class Rows {
    private Rows() {}

    /// Some rows of a tensor.
    ///
    /// @param rows  the row of x for each row of the result; one may be taken several times, or not at all
    public record Chosen(Tensor x, int[] rows) {}

    /// y[i] = x[rows[i]].
    public static Tensor choose(Tensor x, int[] rows) {
        return join(new Chosen(x, rows));
    }

    /// Chosen rows of several tensors side by side: y[i] = [a[rowsOfA[i]]; b[rowsOfB[i]]; …].
    ///
    /// @param parts  [_, A], [_, B], …, with as many chosen rows each
    /// @return       [rows, A + B + …]
    public static Tensor join(Chosen... parts) {
        var y = gathered(parts);
        var tape = y.tape();
        tape.record(y, () -> {
            int column = 0;
            for (var part : parts) {
                int next = column + part.x.columns();
                scatter(tape, y.gradient().columns(column, next), part.rows, 1, part.x.receive());
                column = next;
            }
        });
        return y;
    }

    /// The same values without a way back: no gradient goes through them.
    public static Tensor detached(Chosen... parts) {
        var y = gathered(parts);
        y.tape().record(y, () -> {
        });
        return y;
    }

    private static Tensor gathered(Chosen... parts) {
        var tape = parts[0].x.tape();
        int count = parts[0].rows.length;
        int columns = 0;
        for (var part : parts) columns += part.x.columns();
        var y = tape.tensor(count, columns);
        Tiles.of(count).rows(tape.parallel("rows", y.value(), y.value()), (from, to) -> {
            int column = 0;
            for (var part : parts) {
                int next = column + part.x.columns();
                EmbeddingKernel.gather(part.x.value(), part.rows, 1, y.value().columns(column, next), from, to);
                column = next;
            }
        });
        return y;
    }

    /// Tensors one above the other.
    ///
    /// @param parts  [_, H] each
    public static Tensor concatenate(List<Tensor> parts) {
        var tape = parts.getFirst().tape();
        var begin = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) begin[i + 1] = begin[i] + parts.get(i).rows();
        var y = tape.tensor(begin[parts.size()], parts.getFirst().columns());
        tape.parallel("rows", y.value(), y.value()).tiles(parts.size(),
                i -> Elementwise.copy(parts.get(i).value(), y.value().rows(begin[i], begin[i + 1])));
        tape.record(y, () -> {
            var received = parts.stream().map(Tensor::receive).toList();
            tape.parallel("rows, backward", y.gradient(), y.gradient()).tiles(parts.size(), i -> {
                var dx = received.get(i);
                ScaleKernel.scale(y.gradient().rows(begin[i], begin[i + 1]), 1, dx.matrix(), dx.accumulate(), 0,
                        dx.matrix().rows());
            });
        });
        return y;
    }

    /// Tensors side by side, row by row.
    public static Tensor join(Tensor... parts) {
        var all = new int[parts[0].rows()];
        Arrays.setAll(all, i -> i);
        var chosen = new Chosen[parts.length];
        for (int i = 0; i < parts.length; i++) chosen[i] = new Chosen(parts[i], all);
        return join(chosen);
    }

    /// Chosen rows of two tensors, one above the other, on a tape that may be another than theirs. Inference only.
    ///
    /// @param above, below  [_, H]
    /// @return              [rows, H]
    public static Tensor stack(Tape tape, Chosen above, Chosen below) {
        int middle = above.rows.length;
        var y = tape.tensor(middle + below.rows.length, above.x.columns());
        copy(above, y.value().rows(0, middle));
        copy(below, y.value().rows(middle, y.rows()));
        return y;
    }

    private static void copy(Chosen chosen, Matrix y) {
        for (int i = 0; i < y.rows(); i++)
            Elementwise.copy(chosen.x.value().row(chosen.rows[i]), y.row(i), y.columns());
    }

    /// y[i] = x[i] + table[rows[i]].
    ///
    /// @param x      [T, H]
    /// @param table  [_, H]
    /// @return       [T, H]
    public static Tensor add(Tensor x, Tensor table, int[] rows) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), x.columns()); // [T, H]
        Tiles.of(x.rows()).rows(tape.parallel("add rows", x.value(), y.value(), y.value()), (from, to) -> {
            EmbeddingKernel.gather(table.value(), rows, 1, y.value(), from, to);
            ResidualKernel.add(x.value(), y.value(), from, to);
        });
        tape.record(y, () -> {
            scatter(tape, y.gradient(), rows, 1, table.receive());
            Operations.addGradient(y, x);
        });
        return y;
    }

    /// y[t] = factors[t] · x[t].
    public static Tensor scale(Tensor x, float[] factors) {
        return Operations.scaled("scale", x,
                (a, b, add, from, to) -> ScaleKernel.scaleRows(a, factors, b, add, from, to));
    }

    /// A row vector as each of `count` rows.
    public static Tensor repeat(Tape tape, Parameter row, int count) {
        return Embeddings.lookup(tape, row, new int[count], 1);
    }

    /// Dropout of whole rows: words (Gal & Ghahramani 2016, section 4.2, by token).
    public static Tensor dropout(Tensor x, float probability) {
        var dropout = x.tape().dropout(probability);
        return dropout.isNone() ? x
                : Operations.scaled("dropout", x,
                        (a, b, add, from, to) -> ResidualKernel.dropRows(a, b, add, dropout, from, to));
    }

    /// gradient[rows[i]] += scale · dy[i]. Equal rows stay on one thread, in the order of i: the same bits for any number of
    /// threads.
    static void scatter(Tape tape, Matrix dy, int[] rows, float scale, Gradient gradient) {
        if (!gradient.accumulate()) tape.clear(gradient.matrix());
        var order = sorted(rows);
        int tiles = Tiles.of(rows.length).count();
        tape.parallel("rows, backward", dy, dy, dy).tiles(tiles, i -> {
            int from = boundary(rows, order, (int) ((long) rows.length * i / tiles));
            int to = boundary(rows, order, (int) ((long) rows.length * (i + 1) / tiles));
            EmbeddingKernel.scatterAdd(dy, rows, order, scale, gradient.matrix(), from, to);
        });
    }

    /// The numbers 0 … T − 1 by row, then by number.
    private static int[] sorted(int[] rows) {
        var keys = new long[rows.length];
        for (int i = 0; i < rows.length; i++) keys[i] = (long) rows[i] << 32 | i;
        Arrays.sort(keys);
        var order = new int[rows.length];
        for (int i = 0; i < order.length; i++) order[i] = (int) keys[i];
        return order;
    }

    /// The first place from i on at which another row begins.
    private static int boundary(int[] rows, int[] order, int i) {
        while (i > 0 && i < order.length && rows[order[i]] == rows[order[i - 1]]) i++;
        return i;
    }
}
