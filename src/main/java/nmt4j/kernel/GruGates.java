package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
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
        int n = step.output().columns();
        long next = (long) n * Float.BYTES;
        for (int row = from; row < to; row++) {
            long r = step.gates().row(row);
            long candidate = r + 2 * next;
            Elementwise.logistic(r, r, 2 * n);
            Elementwise.addProduct(r, step.kept().row(row), candidate, n);
            Elementwise.tanh(candidate, candidate, n);
            mix(r + next, step.before().row(row), step.output().row(row), n);
        }
    }

    /// h = (1 − z) n + z hₜ₋₁, where n stands behind z.
    private static void mix(long z, long before, long h, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) mixAt(z, before, h, n, j, LANES);
        if (end < n) mixAt(z, before, h, n, end, n - end);
    }

    private static void mixAt(long z, long before, long h, int n, int j, int count) {
        long at = (long) j * Float.BYTES;
        var candidate = get(z + at + (long) n * Float.BYTES, count);
        put(get(z + at, count).fma(get(before + at, count).sub(candidate), candidate), h + at, count);
    }

    /// dz = dh (hₜ₋₁ − n); dhₜ₋₁ += dh z; dñ = dh (1 − z) (1 − n²); dr = dñ q; dq = dñ r.
    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        for (int row = from; row < to; row++) {
            long gates = step.gates().row(row);
            throughMix(gates + (long) n * Float.BYTES, step.before().row(row), gradients.output().row(row),
                    gradients.before().row(row), n);
            throughReset(gates, step.kept().row(row), n);
        }
    }

    private static void throughMix(long z, long before, long dh, long dBefore, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) throughMixAt(z, before, dh, dBefore, n, j, LANES);
        if (end < n) throughMixAt(z, before, dh, dBefore, n, end, n - end);
    }

    private static void throughMixAt(long z, long before, long dh, long dBefore, int n, int j, int count) {
        long at = (long) j * Float.BYTES;
        long behind = z + at + (long) n * Float.BYTES;
        var one = Vectors.broadcast(1f);
        var gate = get(z + at, count);
        var candidate = get(behind, count);
        var d = get(dh + at, count);
        put(d.fma(gate, get(dBefore + at, count)), dBefore + at, count);
        put(d.mul(get(before + at, count).sub(candidate)).mul(gate).mul(one.sub(gate)), z + at, count);
        put(d.mul(one.sub(gate)).mul(one.sub(candidate.mul(candidate))), behind, count);
    }

    private static void throughReset(long r, long q, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) throughResetAt(r, q, n, j, LANES);
        if (end < n) throughResetAt(r, q, n, end, n - end);
    }

    private static void throughResetAt(long r, long q, int n, int j, int count) {
        long at = (long) j * Float.BYTES;
        var one = Vectors.broadcast(1f);
        var gate = get(r + at, count);
        var d = get(r + at + 2L * n * Float.BYTES, count);
        put(d.mul(get(q + at, count)).mul(gate).mul(one.sub(gate)), r + at, count);
        put(d.mul(gate), q + at, count);
    }
}
