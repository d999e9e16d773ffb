package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
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
        for (int row = from; row < to; row++) larger(step.gates().row(row), step.output().row(row), n);
    }

    private static void larger(long a, long output, int n) {
        for (int j = 0; j < n; j += LANES) {
            int count = Math.min(LANES, n - j);
            put(get(at(a, j), count).max(get(at(a, n + j), count)), at(output, j), count);
        }
    }

    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        for (int row = from; row < to; row++) toLarger(gradients.output().row(row), step.gates().row(row), n);
    }

    private static void toLarger(long gradient, long a, int n) {
        for (int j = 0; j < n; j += LANES) {
            int count = Math.min(LANES, n - j);
            var d = get(at(gradient, j), count);
            var toB = get(at(a, j), count).compare(VectorOperators.LT, get(at(a, n + j), count));
            put(d.blend(0f, toB), at(a, j), count);
            put(Vectors.zero().blend(d, toB), at(a, n + j), count);
        }
    }

    private static long at(long row, int element) {
        return row + (long) element * Float.BYTES;
    }
}
