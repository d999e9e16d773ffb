package nmt4j.tensor;

import java.util.ArrayList;
import java.util.List;
import nmt4j.kernel.Bfloat16Matrix;
import nmt4j.kernel.Activation;
import nmt4j.kernel.ActivationKernel;
import nmt4j.kernel.Dropout;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.LayerNormKernel;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.ResidualKernel;

/// The operations that layers are made of. Rows are tokens; T is their number.
public final class Operations {
    private Operations() {}

    /// y = activation(x W + b).
    ///
    /// @param x       [T, H]
    /// @param weight  W [H, F]
    /// @param bias    b [1, F]
    /// @return        [T, F]
    public static Tensor linear(Tensor x, Weight weight, Parameter bias, Activation activation) {
        return linear(x, weight, bias, activation, Dropout.NONE);
    }

    /// y = dropout(activation(x W + b)).
    public static Tensor linear(Tensor x, Weight weight, Parameter bias, Activation activation, float dropout) {
        return activation.outlivesDropout() ? linear(x, weight, bias, activation, x.tape().dropout(dropout))
                : dropout(linear(x, weight, bias, activation), dropout);
    }

    private static Tensor linear(Tensor x, Weight weight, Parameter bias, Activation activation, Dropout dropout) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), weight.columns()); // [T, F]
        var z = activation.needsInput() ? tape.product(y.rows(), weight) : tape.product(y, weight);
        var input = tape.products().input(tape, x.value());
        Tiles.of(x.rows(), tape).rows(tape.parallel("linear"), (from, to) -> {
            tape.products().multiply(x.value(), input, weight, z, from, to);
            ActivationKernel.forward(activation, z, bias.value(), y.value(), dropout, from, to);
        });
        tape.record(y, () -> {
            var dz = throughActivation(activation, z, y, dropout, bias);
            throughProduct(x, input, weight, dz);
            tape.products().release(tape, dz);
        }, apart(z, y, input));
        return y;
    }

    /// The end of a part of a layer: s = x + dropout(h W + b), and its norm.
    ///
    /// @param h       [T, F]
    /// @param weight  W [F, H]
    /// @param bias    b [1, H]
    /// @param end     with x [T, H]
    public static ResidualStream linear(Tensor h, Weight weight, Parameter bias, ResidualEnd end) {
        var tape = h.tape();
        var tiles = Tiles.of(h.rows(), tape);
        var run = end.begin(weight, bias, tiles);
        var input = tape.products().input(tape, h.value());
        tiles.rows(tape.parallel("linear"),
                (from, to) -> run.forward(from, to, z -> multiply(h, input, weight, z, from, to)));
        return run.finish(dz -> throughProduct(h, input, weight, dz), apart(input));
    }

    /// Rows `from` to `to` of x W.
    ///
    /// @param input  of x
    /// @param z      takes them, in whole groups
    static void multiply(Tensor x, Factor input, Weight weight, Matrix z, int from, int to) {
        var rows = input.rows(from, from + Gemm.roundUp(to - from));
        x.tape().products().multiply(Gemm.group(x.value(), from, to), rows, weight, z, 0, to - from);
    }

    /// What an operation holds until it has gone backward, besides its tensors.
    static Factor[] apart(Matrix z, Tensor y, Factor input) {
        return z == y.value() ? apart(input) : apart(input, z);
    }

    /// @param own  what it has made
    static Factor[] apart(Factor input, Factor... own) {
        var apart = new ArrayList<>(List.of(own));
        if (input instanceof Bfloat16Matrix) apart.add(input);
        return apart.toArray(Factor[]::new);
    }

    /// y = x W.
    ///
    /// @param x       [T, H]
    /// @param weight  W [H, F]
    /// @return        [T, F]
    public static Tensor product(Tensor x, Weight weight) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), weight.columns()); // [T, F]
        var z = tape.product(y, weight);
        var input = tape.products().input(tape, x.value());
        Tiles.of(x.rows(), tape).rows(tape.parallel("product"), (from, to) -> {
            tape.products().multiply(x.value(), input, weight, z, from, to);
            if (z != y.value()) Elementwise.copy(z.rows(from, to), y.value().rows(from, to));
        });
        tape.record(y, () -> throughProduct(x, input, weight, y.gradient()), apart(z, y, input));
        return y;
    }

    /// Turns y's gradient into that before dropout and activation, in place, and adds up the bias' gradient.
    ///
    /// @return  what products read, a whole group
    static Factor throughActivation(Activation activation, Matrix z, Tensor y, Dropout dropout,
            Parameter bias) {
        var tape = y.tape();
        var dy = Gemm.zeroFilledGroup(y.gradient());
        var tiles = Tiles.of(dy.rows());
        var sums = tape.arena().matrix(tiles.count(), y.columns()); // [tiles, F]
        var dz = tape.products().factor(tape, "activation, backward", new Matrix[] {z, dy, dy}, dy, tiles,
                (tile, from, to) -> {
                    var sum = sums.rows(tile, tile + 1);
                    if (from == tiles.begin(tile)) sum.fill(0);
                    ActivationKernel.backward(activation, z, dy, dropout, sum, from, Math.min(to, y.rows()));
                });
        Tiles.addUp(sums, bias.receive());
        tape.arena().release(sums);
        return dz;
    }

    /// dW = xᵀ dy, when it suits, and dx = dy Wᵀ.
    ///
    /// @param input  of x
    /// @param allDy  a whole group
    static void throughProduct(Tensor x, Factor input, Weight weight, Factor allDy) {
        var tape = x.tape();
        Gemm.zeroFilledGroup(x.value()); // which `input` is, or is made of
        weightGradient("linear, backward", tape, input, allDy, weight.receive(), allDy);
        var dx = x.receive();
        var tiles = Tiles.of(x.rows(), tape);
        try (var transposed = tape.products().transposed(tape, weight.value(), tiles.count())) {
            tiles.rows(tape.parallel("linear, backward"), (from, to) -> {
                var tile = Gemm.group(dx.matrix(), from, to);
                transposed.multiply(allDy.rows(from, from + tile.rows()), tile, dx.accumulate());
            });
        }
    }

    /// The same of a gradient that is not rounded yet, nor a whole group.
    static void throughProduct(Tensor x, Factor input, Weight weight, Matrix dy) {
        var tape = x.tape();
        var allDy = tape.products().factor(tape, Gemm.zeroFilledGroup(dy));
        throughProduct(x, input, weight, allDy);
        tape.products().release(tape, allDy);
    }

    /// dW = xᵀ dy, when it suits.
    ///
    /// @param operation  whose name the profile shows
    /// @param x, dy      whole groups
    /// @param memory     that dy lies in
    static void weightGradient(String operation, Tape tape, Factor x, Factor dy, Gradient dw, Factor memory) {
        var tiles = Tiles.ofWeight(dw.matrix().rows(), tape);
        tape.weightGradients().postpone(operation, tiles.count(),
                i -> tileOfWeight(tape.products(), x, dy, dw, tiles, i), List.of(dw), x, memory);
    }

    /// A tile of dW = xᵀ dy.
    static void tileOfWeight(Products products, Factor x, Factor dy, Gradient dw, Tiles tiles, int tile) {
        int from = tiles.begin(tile);
        int to = tiles.end(tile);
        products.productOfTransposed(x.columns(from, to), dy, dw.matrix().rows(from, to), dw.accumulate());
    }

    /// Layer normalisation (Ba, Kiros & Hinton 2016, eq. 4): y = γ (x − μ) / √(σ² + ε) + β, over each row of x.
    ///
    /// @param x            [T, H]
    /// @param gamma, beta  [1, H]
    /// @return             [T, H]
    public static Tensor layerNorm(Tensor x, Parameter gamma, Parameter beta) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), x.columns()); // [T, H]
        var moments = tape.arena().matrix(x.rows(), 2);
        var tiles = Tiles.of(x.rows());
        tiles.rows(tape.parallel("layer norm", x.value(), y.value()),
                (from, to) -> LayerNormKernel.forward(x.value(), gamma.value(),
                        beta.value(), y.value(), moments, from, to));
        tape.record(y, () -> {
            var dx = x.receive();
            var sums = tape.arena().matrix(2 * tiles.count(), x.columns()); // dγ and dβ of each tile
            tiles.run(tape.parallel("layer norm, backward", x.value(), y.gradient(), dx.matrix()), (tile, from, to) -> {
                var ofTile = sums.rows(2 * tile, 2 * tile + 2);
                ofTile.fill(0);
                LayerNormKernel.backward(x.value(), gamma.value(), moments, y.gradient(), dx.matrix(), dx.accumulate(),
                        ofTile, from, to);
            });
            Tiles.addUpEvery(sums, 2, 0, gamma.receive());
            Tiles.addUpEvery(sums, 2, 1, beta.receive());
            tape.arena().release(sums);
        }, moments);
        return y;
    }

    /// z = x + dropout(y), the residual connection.
    ///
    /// @param x, y  [T, H]
    /// @return      [T, H]
    public static Tensor addDropped(Tensor x, Tensor y, float probability) {
        var tape = x.tape();
        var dropout = tape.dropout(probability);
        var z = tape.tensor(x.rows(), x.columns()); // [T, H]
        var tiles = Tiles.of(x.rows());
        tiles.rows(tape.parallel("residual", x.value(), y.value(), z.value()),
                (from, to) -> ResidualKernel.forward(x.value(), y.value(), z.value(), dropout, from, to));
        tape.record(z, () -> {
            var dy = y.receive();
            tiles.rows(tape.parallel("residual, backward", z.gradient(), dy.matrix()),
                    (from, to) -> ResidualKernel.drop(z.gradient(), dy.matrix(), dy.accumulate(), dropout, from, to));
            addGradient(z, x);
        });
        return z;
    }

    /// dropout(x); x itself where nothing is dropped.
    public static Tensor dropout(Tensor x, float probability) {
        var dropout = x.tape().dropout(probability);
        return dropout.isNone() ? x
                : scaled("dropout", x, (a, b, add, from, to) -> ResidualKernel.drop(a, b, add, dropout, from, to));
    }

    /// Multiplies each element by a number of its own.
    interface Scaling {
        /// y = f(x), or y += f(x), of rows `from` to `to`.
        void apply(Matrix x, Matrix y, boolean accumulate, int from, int to);
    }

    /// y = f(x); the gradient goes back by the same numbers, dx = f(dy).
    static Tensor scaled(String name, Tensor x, Scaling f) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), x.columns());
        var tiles = Tiles.of(x.rows());
        tiles.rows(tape.parallel(name, x.value(), y.value()),
                (from, to) -> f.apply(x.value(), y.value(), false, from, to));
        tape.record(y, () -> {
            var dx = x.receive();
            tiles.rows(tape.parallel(name + ", backward", y.gradient(), dx.matrix()),
                    (from, to) -> f.apply(y.gradient(), dx.matrix(), dx.accumulate(), from, to));
        });
        return y;
    }

    /// x's gradient += z's, whose owner has no more use for it.
    static void addGradient(Tensor z, Tensor x) {
        if (x.adopt(z)) return;
        var dx = x.receive().matrix();
        Tiles.of(x.rows()).rows(x.tape().parallel("add gradients", z.gradient(), dx, dx),
                (from, to) -> ResidualKernel.add(z.gradient(), dx, from, to));
    }
}
