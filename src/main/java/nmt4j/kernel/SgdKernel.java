package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// One update of stochastic gradient descent with momentum (Sutskever et al. 2013, as PyTorch writes it) over n
/// consecutive parameters: s = μ s + g; w −= rate s.
///
/// @param momentum       μ
/// @param gradientScale  factor on the gradient, from clipping
public record SgdKernel(float rate, float momentum, float gradientScale) {
    private static final int BYTES = Float.BYTES;

    /// @param w, g, s  addresses of parameters, gradients, steps
    public void update(long w, long g, long s, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) updateAt(w, g, s, i, LANES);
        if (end < n) updateAt(w, g, s, end, n - end);
    }

    private void updateAt(long w, long g, long s, int i, int count) {
        long at = (long) i * BYTES;
        var step = get(s + at, count).mul(momentum).add(get(g + at, count).mul(gradientScale));
        put(step, s + at, count);
        put(get(w + at, count).sub(step.mul(rate)), w + at, count);
    }
}
