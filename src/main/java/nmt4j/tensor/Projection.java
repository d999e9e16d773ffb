package nmt4j.tensor;

import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.PackedMatrix.Pieces;
import nmt4j.kernel.Parallel.RowRange;
import nmt4j.kernel.TopLogits;
import nmt4j.kernel.TopTokens;

/// An output layer for decoding. A weight in float32 is transposed once, because the bits of a row of h W do not depend on
/// the other rows, which cannot be said of h Wᵀ: a sentence's translation must not depend on its neighbours.
///
/// @param weight  [H, V], in float32 with columns of 0 behind, as many as make whole what products take at a time
/// @param bias    [1, V]
public record Projection(Weight weight, Matrix bias) {
    private static final int COLUMNS = 32;

    /// The layer's present weights, transposed in the tape's memory unless they are already.
    public static Projection of(Tape tape, CrossEntropy.Output layer) {
        return new Projection(
                layer.weight().packed().<Weight>map(PackedWeight::new).orElseGet(() -> transposed(tape, layer)),
                layer.bias().value());
    }

    private static Weight transposed(Tape tape, CrossEntropy.Output layer) {
        var weight = layer.weight().value();
        var transposed = tape.tensor(weight.columns(), (weight.rows() + COLUMNS - 1) / COLUMNS * COLUMNS);
        transposed.value().clear();
        Elementwise.transpose(weight, transposed.value().columns(0, weight.rows()));
        return transposed;
    }

    /// log softmax(h W + b).
    ///
    /// @param h  [rows, H]
    /// @return   [rows, V]
    public Tensor logProbabilities(Tensor h) {
        var tape = h.tape();
        var product = tape.tensor(h.rows(), weight.columns());
        var z = product.value().columns(0, bias.columns()); // [rows, V]
        var softmax = new TopTokens(h.rows(), 0);
        Tiles.of(h.rows(), tape).rows(tape.parallel("output layer"), (from, to) -> {
            weight.multiply(h.value(), product.value(), from, to);
            softmax.add(z.rows(from, to), from, 0, bias);
            softmax.normalize(z, from, to);
        });
        return new Tensor(tape, z);
    }

    /// The k likeliest tokens of each row: log-probabilities of the others are not kept.
    ///
    /// @param h  [rows, H]
    public TopTokens likeliest(Tensor h, int k) {
        var top = new TopTokens(h.rows(), Math.min(k, bias.columns()));
        multiply(h, (z, row, column) -> top.add(z, row, column, bias), top::finish);
        return top;
    }

    /// The k tokens of each row with the largest logits.
    ///
    /// @param h  [rows, H]
    public TopLogits largest(Tensor h, int k) {
        var top = new TopLogits(h.rows(), Math.min(k, bias.columns()));
        multiply(h, (z, row, column) -> top.add(z, row, column, bias), (_, _) -> {
        });
        return top;
    }

    /// @param pieces  take products without the bias
    /// @param then    of rows whose columns have all come
    private void multiply(Tensor h, Pieces pieces, RowRange then) {
        var tape = h.tape();
        var room = tape.arena().matrix(h.rows(), weight.columns());
        Tiles.of(h.rows(), tape).rows(tape.parallel("output layer"), (from, to) -> {
            weight.multiply(h.value(), room, from, to, (z, row, column) -> {
                int columns = Math.min(z.columns(), bias.columns() - column);
                pieces.take(z.columns(0, columns), row, column);
            });
            then.run(from, to);
        });
        tape.arena().release(room);
    }
}
