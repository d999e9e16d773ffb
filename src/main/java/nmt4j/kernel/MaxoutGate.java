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
        long next = (long) n * Float.BYTES;
        for (int row = from; row < to; row++) {
            for (int j = 0; j < n; j += LANES) {
                long at = (long) j * Float.BYTES;
                int count = Math.min(LANES, n - j);
                long a = step.gates().row(row) + at;
                put(get(a, count).max(get(a + next, count)), step.output().row(row) + at, count);
            }
        }
    }

    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        long next = (long) n * Float.BYTES;
        for (int row = from; row < to; row++) {
            for (int j = 0; j < n; j += LANES) {
                long at = (long) j * Float.BYTES;
                int count = Math.min(LANES, n - j);
                long a = step.gates().row(row) + at;
                var d = get(gradients.output().row(row) + at, count);
                var toB = get(a, count).compare(VectorOperators.LT, get(a + next, count));
                put(d.blend(0f, toB), a, count);
                put(Vectors.zero().blend(d, toB), a + next, count);
            }
        }
    }
}
