package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

/// One update of stochastic gradient descent with momentum (Sutskever et al. 2013, as PyTorch writes it) over n
/// consecutive parameters: s = μ s + g; w −= rate s.
///
/// @param momentum       μ
/// @param gradientScale  factor on the gradient, from clipping
public record SgdKernel(float rate, float momentum, float gradientScale) {
    private static final int BYTES = Float.BYTES;

    /// @param w, g, s  addresses of parameters, gradients, steps
    public void update(long w, long g, long s, int n) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            long at = (long) i * BYTES;
            var step = load(s + at).mul(momentum).add(load(g + at).mul(gradientScale));
            store(step, s + at);
            store(load(w + at).sub(step.mul(rate)), w + at);
        }
        int rest = n - i;
        if (rest > 0) {
            long at = (long) i * BYTES;
            var step = load(s + at, rest).mul(momentum).add(load(g + at, rest).mul(gradientScale));
            store(step, s + at, rest);
            store(load(w + at, rest).sub(step.mul(rate)), w + at, rest);
        }
    }
}
