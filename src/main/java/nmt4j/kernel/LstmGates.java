package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000): from the
/// pre-activations of i, f, g and o, side by side,
/// cₜ = σ(f) cₜ₋₁ + σ(i) tanh(g), hₜ = σ(o) tanh(cₜ). What it keeps is c.
final class LstmGates implements Gates {
    @Override
    public int count() {
        return 4;
    }

    @Override
    public Kept kept() {
        return Kept.STATE;
    }

    @Override
    public void forward(Step step, int from, int to) {
        int n = step.output().columns();
        long next = (long) n * Float.BYTES;
        for (int row = from; row < to; row++) {
            for (int j = 0; j < n; j += LANES) {
                long at = (long) j * Float.BYTES;
                int count = Math.min(LANES, n - j);
                long gate = step.gates().row(row) + at;
                var i = Functions.logistic(get(gate, count));
                var f = Functions.logistic(get(gate + next, count));
                var g = Functions.tanh(get(gate + 2 * next, count));
                var o = Functions.logistic(get(gate + 3 * next, count));
                var c = f.fma(get(step.keptBefore().row(row) + at, count), i.mul(g));
                put(i, gate, count);
                put(f, gate + next, count);
                put(g, gate + 2 * next, count);
                put(o, gate + 3 * next, count);
                put(c, step.kept().row(row) + at, count);
                put(o.mul(Functions.tanh(c)), step.output().row(row) + at, count);
            }
        }
    }

    /// With dh and dc complete: do = dh tanh c; dc += dh o (1 − tanh² c); di = dc g; df = dc cₜ₋₁; dg = dc i; dcₜ₋₁ += dc f.
    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        long next = (long) n * Float.BYTES;
        var one = Vectors.broadcast(1f);
        for (int row = from; row < to; row++) {
            for (int j = 0; j < n; j += LANES) {
                long at = (long) j * Float.BYTES;
                int count = Math.min(LANES, n - j);
                long gate = step.gates().row(row) + at;
                var i = get(gate, count);
                var f = get(gate + next, count);
                var g = get(gate + 2 * next, count);
                var o = get(gate + 3 * next, count);
                var t = Functions.tanh(get(step.kept().row(row) + at, count));
                var dh = get(gradients.output().row(row) + at, count);
                var dc = dh.mul(o).fma(one.sub(t.mul(t)), get(gradients.kept().row(row) + at, count));
                long before = gradients.keptBefore().row(row) + at;
                put(dc.fma(f, get(before, count)), before, count);
                put(dc.mul(g).mul(i).mul(one.sub(i)), gate, count);
                put(dc.mul(get(step.keptBefore().row(row) + at, count)).mul(f).mul(one.sub(f)), gate + next, count);
                put(dc.mul(i).mul(one.sub(g.mul(g))), gate + 2 * next, count);
                put(dh.mul(t).mul(o).mul(one.sub(o)), gate + 3 * next, count);
            }
        }
    }
}
