package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// Gated recurrent unit (Cho et al. 2014) with the reset gate after the product: from the pre-activations of r, z and ñ,
/// side by side, and q = U hₜ₋₁,
/// n = tanh(ñ + σ(r) q), hₜ = (1 − σ(z)) n + σ(z) hₜ₋₁. q is its further input.
final class GruGates implements Gates {
    @Override
    public int count() {
        return 3;
    }

    @Override
    public Kept kept() {
        return Kept.INPUT;
    }

    @Override
    public void forward(Step step, int from, int to) {
        int size = step.output().columns();
        long next = (long) size * Float.BYTES;
        for (int row = from; row < to; row++) {
            for (int j = 0; j < size; j += LANES) {
                long at = (long) j * Float.BYTES;
                int count = Math.min(LANES, size - j);
                long gate = step.gates().row(row) + at;
                var r = Functions.logistic(get(gate, count));
                var z = Functions.logistic(get(gate + next, count));
                var n = Functions.tanh(r.fma(get(step.kept().row(row) + at, count), get(gate + 2 * next, count)));
                put(r, gate, count);
                put(z, gate + next, count);
                put(n, gate + 2 * next, count);
                var before = get(step.before().row(row) + at, count);
                put(z.fma(before.sub(n), n), step.output().row(row) + at, count);
            }
        }
    }

    /// dz = dh (hₜ₋₁ − n); dhₜ₋₁ += dh z; dñ = dh (1 − z) (1 − n²); dr = dñ q; dq = dñ r.
    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int size = step.output().columns();
        long next = (long) size * Float.BYTES;
        var one = Vectors.broadcast(1f);
        for (int row = from; row < to; row++) {
            for (int j = 0; j < size; j += LANES) {
                long at = (long) j * Float.BYTES;
                int count = Math.min(LANES, size - j);
                long gate = step.gates().row(row) + at;
                var r = get(gate, count);
                var z = get(gate + next, count);
                var n = get(gate + 2 * next, count);
                var dh = get(gradients.output().row(row) + at, count);
                long before = gradients.before().row(row) + at;
                put(dh.fma(z, get(before, count)), before, count);
                var dn = dh.mul(one.sub(z)).mul(one.sub(n.mul(n)));
                long kept = step.kept().row(row) + at;
                put(dn.mul(get(kept, count)).mul(r).mul(one.sub(r)), gate, count);
                var dz = dh.mul(get(step.before().row(row) + at, count).sub(n));
                put(dz.mul(z).mul(one.sub(z)), gate + next, count);
                put(dn, gate + 2 * next, count);
                put(dn.mul(r), kept, count);
            }
        }
    }
}
