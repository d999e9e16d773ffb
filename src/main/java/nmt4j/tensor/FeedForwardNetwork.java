package nmt4j.tensor;

import java.util.List;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Bfloat16Matrix;
import nmt4j.kernel.Dropout;
import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.RoundedRelu;

/// The position-wise feed-forward network (Vaswani et al. 2017, eq. 2), two linear layers one after the other:
/// h = dropout(activation(x W₁ + b₁)) and h W₂ + b₂, which is the end of a part of a layer.
///
/// With ReLU, and where products read bfloat16, it is one operation. A tile of tokens goes through both layers, its hidden
/// numbers in float32 in memory that the second cache holds; they are kept in bfloat16 alone, as are their gradients.
public final class FeedForwardNetwork {
    private FeedForwardNetwork() {}

    /// @param inner, innerBias  W₁ [H, F] and b₁ [1, F]
    /// @param outer, outerBias  W₂ [F, H] and b₂ [1, H]
    public record Weights(Parameter inner, Parameter innerBias, Parameter outer, Parameter outerBias) {}

    /// @param x        [T, H]
    /// @param dropout  probability of dropping a hidden number
    public static ResidualStream apply(Tensor x, Weights weights, Activation activation, float dropout,
            ResidualEnd end) {
        if (activation == Activation.RELU && x.tape().products().keepsRounded())
            return new Run(x, weights, x.tape().dropout(dropout)).forward(end);
        var h = Operations.linear(x, weights.inner, weights.innerBias, activation, dropout);
        return Operations.linear(h, weights.outer, weights.outerBias, end);
    }

    /// One application.
    ///
    /// @param input   of x, as products read it
    /// @param hidden  h = dropout(relu(x W₁ + b₁)), rounded, a whole group [T', F]
    private record Run(Tensor x, Weights weights, Dropout dropout, Factor input, Bfloat16Matrix hidden) {
        Run(Tensor x, Weights weights, Dropout dropout) {
            var tape = x.tape();
            var hidden = Bfloat16Matrix.in(tape.arena(), Gemm.roundUp(x.rows()), weights.inner.columns());
            hidden.rows(x.rows(), hidden.rows()).clear();
            this(x, weights, dropout, tape.products().input(tape, x.value()), hidden);
        }

        ResidualStream forward(ResidualEnd end) {
            var tape = x.tape();
            var tiles = Tiles.of(x.rows(), tape);
            var ending = end.begin(weights.outer, weights.outerBias, tiles);
            var rooms = rooms(tiles);
            tiles.rows(tape.parallel("feed-forward"), (from, to) -> {
                rooms.lend(room -> throughInner(room, from, to));
                ending.forward(from, to, z -> tape.products()
                        .product(hidden.rows(from, from + Gemm.roundUp(to - from)), weights.outer.value(),
                                Gemm.group(z, 0, to - from), false));
            });
            rooms.release();
            return ending.finish(this::backward, Operations.apart(input, hidden));
        }

        /// For the hidden numbers of tiles, in float32.
        private Rooms rooms(Tiles tiles) {
            return new Rooms(x.tape(), tiles.count(), tiles.size(), hidden.columns());
        }

        /// Rows `from` to `to` of h.
        private void throughInner(Matrix room, int from, int to) {
            Operations.multiply(x, input, weights.inner, room, from, to);
            for (int t = from; t < to; t++)
                RoundedRelu.forward(room.row(t - from), weights.innerBias.value(), hidden, dropout, t);
        }

        /// dh = dy W₂ᵀ, dz = dropout(dh) · relu'(z), dx = dz W₁ᵀ; then dW₂ = hᵀ dy and dW₁ = xᵀ dz.
        ///
        /// @param dy  of h W₂, a whole group
        private void backward(Factor dy) {
            var tape = x.tape();
            var dz = Bfloat16Matrix.in(tape.arena(), hidden.rows(), hidden.columns());
            dz.rows(x.rows(), dz.rows()).clear();
            var tiles = Tiles.of(x.rows(), tape);
            var rooms = rooms(tiles);
            var sums = tape.arena().matrix(tiles.count(), hidden.columns()); // [tiles, F]
            var dx = x.receive();
            try (var outer = tape.products().transposed(tape, weights.outer.value(), tiles.count());
                    var inner = tape.products().transposed(tape, weights.inner.value(), tiles.count())) {
                tiles.run(tape.parallel("feed-forward, backward"), (tile, from, to) -> rooms.lend(room -> {
                    int end = from + Gemm.roundUp(to - from);
                    outer.multiply(dy.rows(from, end), Gemm.group(room, 0, to - from), false);
                    throughHidden(room, sums.rows(tile, tile + 1), dz, from, to);
                    inner.multiply(dz.rows(from, end), Gemm.group(dx.matrix(), from, to), dx.accumulate());
                }));
            }
            Tiles.addUp(sums, weights.innerBias.receive());
            tape.arena().release(sums);
            rooms.release();
            Gemm.zeroFilledGroup(x.value()); // which `input` is, or is made of
            multiplyWeights(dy, dz);
            tape.release(dz);
        }

        /// Rows `from` to `to` of dz, and their sum, from those of dh.
        private void throughHidden(Matrix dh, Matrix sum, Bfloat16Matrix dz, int from, int to) {
            sum.fill(0);
            for (int t = from; t < to; t++) RoundedRelu.backward(hidden, dh.row(t - from), dropout, sum, dz, t);
        }

        /// dW₁ and dW₂, in tiles of their rows, when it suits.
        private void multiplyWeights(Factor dy, Factor dz) {
            var tape = x.tape();
            var products = tape.products();
            var dInner = weights.inner.receive();
            var dOuter = weights.outer.receive();
            var inner = Tiles.ofWeight(weights.inner.rows(), tape);
            var outer = Tiles.ofWeight(weights.outer.rows(), tape);
            tape.weightGradients().postpone("feed-forward, backward", inner.count() + outer.count(), i -> {
                if (i < inner.count()) Operations.tileOfWeight(products, input, dz, dInner, inner, i);
                else Operations.tileOfWeight(products, hidden, dy, dOuter, outer, i - inner.count());
            }, List.of(dInner, dOuter), input, dz, hidden, dy);
        }
    }
}
