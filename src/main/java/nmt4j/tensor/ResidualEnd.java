package nmt4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import nmt4j.kernel.Factor;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.ResidualNormKernel;

/// What becomes of the last product z of a part of a layer: s = x + dropout(z + b), the residual connection, and y = norm(s), what
/// the next part reads. z lies in memory that the second cache holds, a tile at a time, and is not kept; nor is its gradient, but
/// as products read it.
///
/// @param x            [T, H]
/// @param dropout      probability of dropping a number of z + b
/// @param gamma, beta  of the norm [1, H]
public record ResidualEnd(Tensor x, float dropout, Parameter gamma, Parameter beta) {
    /// The end of one product.
    ///
    /// @param weight  that it is with
    /// @param bias    b [1, H]
    /// @param tiles   of its rows
    Run begin(Weight weight, Parameter bias, Tiles tiles) {
        return new Run(this, weight, bias, tiles);
    }

    static final class Run {
        private final ResidualEnd end;
        private final Parameter bias;
        private final Tape tape;
        private final Tensor sum;
        private final Tensor normal;
        private final ResidualNormKernel kernel;
        private final Rooms rooms;

        private Run(ResidualEnd end, Weight weight, Parameter bias, Tiles tiles) {
            this.end = end;
            this.bias = bias;
            tape = end.x.tape();
            int rows = end.x.rows();
            sum = tape.tensor(rows, end.x.columns());    // [T, H]
            normal = tape.tensor(rows, end.x.columns()); // [T, H]
            var moments = tape.arena().matrix(rows, 2);
            kernel = new ResidualNormKernel(bias.value(), tape.dropout(end.dropout), end.gamma.value(),
                    end.beta.value(), moments);
            rooms = new Rooms(tape, tiles.count(), Math.min(tiles.size(), Gemm.roundUp(rows)), weight.columns(),
                    tape.productStride(weight));
        }

        /// A tile of it.
        ///
        /// @param product  writes these rows of z, in whole groups
        void forward(int from, int to, Consumer<Matrix> product) {
            rooms.lend(z -> {
                product.accept(z);
                kernel.forward(end.x.value(), z, sum.value(), normal.value(), from, to);
            });
        }

        /// Records all of it.
        ///
        /// @param throughProduct  takes dz, a whole group
        /// @param scratch         memory that it needs for that and nobody else
        ResidualStream finish(Consumer<Factor> throughProduct, Factor... scratch) {
            rooms.release();
            var kept = Arrays.copyOf(scratch, scratch.length + 1);
            kept[scratch.length] = kernel.moments();
            tape.record(List.of(sum, normal), () -> {
                var dz = backward();
                throughProduct.accept(dz);
                tape.release(dz);
            }, kept);
            return new ResidualStream(sum, normal);
        }

        /// dz = dropout(ds), ds having got what comes through the norm.
        private Factor backward() {
            var s = sum.value();
            var ds = sum.receive();
            var dy = normal.gradientOrZero();
            var tiles = Tiles.of(s.rows());
            var sums = tape.arena().matrix(3 * tiles.count(), s.columns()); // dγ, dβ and db of each tile
            var touched = new Matrix[] {s, dy, ds.matrix(), ds.matrix()};
            var dz = tape.products().made(tape, "residual, backward", touched, tiles, s.columns(),
                    (tile, from, to, rows) -> {
                        var ofTile = sums.rows(3 * tile, 3 * tile + 3);
                        if (from == tiles.begin(tile)) ofTile.fill(0);
                        kernel.backward(s, dy, ds.matrix(), ds.accumulate(), rows, ofTile, from, to);
                    });
            Tiles.addUpEvery(sums, 3, 0, end.gamma.receive());
            Tiles.addUpEvery(sums, 3, 1, end.beta.receive());
            Tiles.addUpEvery(sums, 3, 2, bias.receive());
            tape.arena().release(sums);
            Operations.addGradient(sum, end.x);
            return dz;
        }
    }
}
