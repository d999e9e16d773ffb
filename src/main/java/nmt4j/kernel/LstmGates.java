package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000): from the
/// pre-activations of i, f, g and o, side by side,
/// cₜ = σ(f) cₜ₋₁ + σ(i) tanh(g), hₜ = σ(o) tanh(cₜ). What it keeps is c.
///
/// A row's passes follow each other while it is in the first cache; a loop with all five exponentials would be too long for
/// the JIT to keep its vectors in registers.
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
            long i = step.gates().row(row);
            long f = i + next;
            long g = f + next;
            long o = g + next;
            long h = step.output().row(row);
            Elementwise.logistic(i, i, 2 * n);
            Elementwise.tanh(g, g, n);
            Elementwise.logistic(o, o, n);
            cells(i, step.keptBefore().row(row), step.kept().row(row), n);
            Elementwise.tanh(step.kept().row(row), h, n);
            Elementwise.multiply(o, h, h, n);
        }
    }

    /// c = f cₜ₋₁ + i g.
    private static void cells(long gates, long before, long c, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) cellAt(gates, before, c, n, j, LANES);
        if (end < n) cellAt(gates, before, c, n, end, n - end);
    }

    private static void cellAt(long gates, long before, long c, int n, int j, int count) {
        long at = (long) j * Float.BYTES;
        long next = (long) n * Float.BYTES;
        long gate = gates + at;
        var written = get(gate, count).mul(get(gate + 2 * next, count));
        put(get(gate + next, count).fma(get(before + at, count), written), c + at, count);
    }

    /// With dh and dc complete: do = dh tanh c; dc += dh o (1 − tanh² c); di = dc g; df = dc cₜ₋₁; dg = dc i; dcₜ₋₁ += dc f.
    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        long tanh = Scratch.floats(n);
        for (int row = from; row < to; row++) {
            long gates = step.gates().row(row);
            long dc = gradients.kept().row(row);
            Elementwise.tanh(step.kept().row(row), tanh, n);
            throughOutput(gates + 3L * n * Float.BYTES, tanh, gradients.output().row(row), dc, n);
            throughCell(gates, step.keptBefore().row(row), dc, gradients.keptBefore().row(row), n);
        }
    }

    private static void throughOutput(long o, long tanh, long dh, long dc, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) throughOutputAt(o, tanh, dh, dc, j, LANES);
        if (end < n) throughOutputAt(o, tanh, dh, dc, end, n - end);
    }

    private static void throughOutputAt(long o, long tanh, long dh, long dc, int j, int count) {
        long at = (long) j * Float.BYTES;
        var one = Vectors.broadcast(1f);
        var gate = get(o + at, count);
        var t = get(tanh + at, count);
        var d = get(dh + at, count);
        put(d.mul(gate).fma(one.sub(t.mul(t)), get(dc + at, count)), dc + at, count);
        put(d.mul(t).mul(gate).mul(one.sub(gate)), o + at, count);
    }

    private static void throughCell(long gates, long before, long dc, long dBefore, int n) {
        int end = bound(n);
        for (int j = 0; j < end; j += LANES) throughCellAt(gates, before, dc, dBefore, n, j, LANES);
        if (end < n) throughCellAt(gates, before, dc, dBefore, n, end, n - end);
    }

    private static void throughCellAt(long gates, long before, long dc, long dBefore, int n, int j, int count) {
        long at = (long) j * Float.BYTES;
        long next = (long) n * Float.BYTES;
        long gate = gates + at;
        var one = Vectors.broadcast(1f);
        var i = get(gate, count);
        var f = get(gate + next, count);
        var g = get(gate + 2 * next, count);
        var d = get(dc + at, count);
        put(d.fma(f, get(dBefore + at, count)), dBefore + at, count);
        put(d.mul(g).mul(i).mul(one.sub(i)), gate, count);
        put(d.mul(get(before + at, count)).mul(f).mul(one.sub(f)), gate + next, count);
        put(d.mul(i).mul(one.sub(g.mul(g))), gate + 2 * next, count);
    }
}
