package nmt4j.tensor;

import nmt4j.kernel.GluKernel;
import nmt4j.kernel.ScaleKernel;
import nmt4j.kernel.WeightNormKernel;

/// The operations of convolutional sequence to sequence learning (Gehring et al. 2017), besides `Window`.
public final class Convolution {
    /// Columns of a weight in a tile: whole vectors on any machine.
    private static final int COLUMNS = 64;

    /// √½: the sum of two things of equal variance, times this, has that variance.
    public static final float ROOT_HALF = (float) Math.sqrt(0.5);

    private Convolution() {}

    /// y = a ⊗ σ(b) with [a, b] = x W + bias: a linear layer and its gated linear unit (Dauphin et al. 2017). Where x
    /// is what a `Window` shows, it is a convolution.
    ///
    /// @param x       [T, k · H]
    /// @param weight  W [k · H, 2F]
    /// @param bias    [1, 2F]
    /// @return        [T, F]
    public static Tensor gated(Tensor x, Weight weight, Parameter bias) {
        var tape = x.tape();
        var y = tape.tensor(x.rows(), weight.columns() / 2);            // [T, F]
        var z = tape.product(x.rows(), weight);                         // [T, 2F]
        var tiles = Tiles.of(x.rows(), tape);
        var input = tape.products().input(tape, x.value());
        tiles.rows(tape.parallel("gated linear"), (from, to) -> {
            tape.products().multiply(x.value(), input, weight, z, from, to);
            GluKernel.forward(z, bias.value(), y.value(), from, to);
        });
        tape.record(y, () -> {
            var sums = tape.arena().matrix(tiles.count(), z.columns()); // [tiles, 2F]
            tiles.run(tape.parallel("gated linear unit, backward", z, z, y.gradient()),
                    (tile, from, to) -> GluKernel.backward(z, y.gradient(), sums.rows(tile, tile + 1), from, to));
            Tiles.addUp(sums, bias.receive());
            tape.arena().release(sums);
            Operations.throughProduct(x, input, weight, z);
        }, Operations.apart(z, y, input));
        return y;
    }

    /// W whose columns are w = g v / ‖v‖ (Salimans & Kingma 2016, eq. 2).
    ///
    /// @param v  [n, F]
    /// @param g  [1, F]
    /// @return   [n, F]
    public static Weight weightNorm(Tape tape, Parameter v, Parameter g) {
        if (v.packed().isPresent())
            return new PackedWeight(
                    v.packed().get().weightNorm(g.value(), tape.tensor(1, v.columns()).value()));
        var w = tape.weight(v.rows(), v.columns());       // [n, F]
        var norms = tape.arena().matrix(1, v.columns());  // 1 / ‖v‖
        tape.parallel("weight norm", v.value(), w.value()).rows(v.columns(), COLUMNS,
                (from, to) -> WeightNormKernel.forward(v.value(), g.value(), w.value(), norms, from, to));
        tape.record(w, () -> {
            var dv = v.receive();
            var dg = g.receive();
            var columns = new WeightNormKernel.Columns(v.value(), g.value(), norms);
            tape.parallel("weight norm, backward", v.value(), w.gradient(), dv.matrix()).rows(v.columns(), COLUMNS,
                    (from, to) -> WeightNormKernel.backward(columns, w.gradient(), dv.matrix(), dv.accumulate(),
                            dg.matrix(), dg.accumulate(), from, to));
        }, norms);
        return w;
    }

    /// z = s (x + y): a residual connection that keeps the variance where s is √½ (Gehring et al. 2017, section 3.5).
    ///
    /// @param x, y  [T, H]
    /// @return      [T, H]
    public static Tensor scaledSum(Tensor x, Tensor y, float s) {
        var tape = x.tape();
        var z = tape.tensor(x.rows(), x.columns()); // [T, H]
        Tiles.of(x.rows()).rows(tape.parallel("scaled sum", x.value(), y.value(), z.value()),
                (from, to) -> ScaleKernel.sum(x.value(), y.value(), s, z.value(), from, to));
        tape.record(z, () -> {
            pass(z, s, x);
            pass(z, s, y);
        });
        return z;
    }

    /// x itself, whose gradient is multiplied by s unless the tape is exact.
    public static Tensor scaleGradient(Tensor x, float s) {
        var tape = x.tape();
        if (!tape.isTraining() || tape.isExact()) return x;
        var y = tape.tensor(x.rows(), x.columns());
        Tiles.of(x.rows()).rows(tape.parallel("copy", x.value(), y.value()),
                (from, to) -> ScaleKernel.scale(x.value(), 1, y.value(), false, from, to));
        tape.record(y, () -> pass(y, s, x));
        return y;
    }

    private static void pass(Tensor from, float s, Tensor to) {
        var d = to.receive();
        Tiles.of(to.rows()).rows(to.tape().parallel("scale, backward", from.gradient(), d.matrix()),
                (first, last) -> ScaleKernel.scale(from.gradient(), s, d.matrix(), d.accumulate(), first, last));
    }
}
