package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

import jdk.incubator.vector.VectorOperators;

/// y = max(a, b) of two halves (Goodfellow et al. 2013, with two pieces); the gradient goes to the larger, to a if equal.
final class MaxoutGate implements Gates {
    @Override
    public int count() {
        return 2;
    }

    @Override
    public void forward(Step step, int from, int to) {
        int n = step.output().columns();
        int end = bound(n);
        for (int row = from; row < to; row++) {
            long a = step.gates().row(row);
            long y = step.output().row(row);
            for (int j = 0; j < end; j += LANES) largerAt(a, y, n, j, LANES);
            if (end < n) largerAt(a, y, n, end, n - end);
        }
    }

    private static void largerAt(long a, long y, int n, int j, int count) {
        long at = (long) j * Float.BYTES;
        put(get(a + at, count).max(get(a + (long) n * Float.BYTES + at, count)), y + at, count);
    }

    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        int end = bound(n);
        for (int row = from; row < to; row++) {
            long a = step.gates().row(row);
            long dy = gradients.output().row(row);
            for (int j = 0; j < end; j += LANES) toLargerAt(dy, a, n, j, LANES);
            if (end < n) toLargerAt(dy, a, n, end, n - end);
        }
    }

    private static void toLargerAt(long dy, long a, int n, int j, int count) {
        long at = a + (long) j * Float.BYTES;
        long next = (long) n * Float.BYTES;
        var d = get(dy + (long) j * Float.BYTES, count);
        var toB = get(at, count).compare(VectorOperators.LT, get(at + next, count));
        put(d.blend(0f, toB), at, count);
        put(Vectors.zero().blend(d, toB), at + next, count);
    }
}
