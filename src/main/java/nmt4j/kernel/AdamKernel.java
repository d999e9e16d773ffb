package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// One update of Adam (Kingma & Ba 2015, algorithm 1) over n consecutive parameters, with decoupled weight decay
/// (Loshchilov & Hutter 2019, algorithm 2) and the factor of gradient clipping, in one pass over the memory.
///
/// m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; w −= rate₁ m / (√v / √(1 − β₂ᵘ) + ε) + decay w with rate₁ = rate / (1 − β₁ᵘ).
///
/// @param rate           learning rate over 1 − β₁ᵘ
/// @param beta1, beta2   decay of the moments
/// @param correction     1 / √(1 − β₂ᵘ)
/// @param epsilon        ε
/// @param decay          learning rate times weight decay
/// @param gradientScale  factor on the gradient, from clipping
public record AdamKernel(float rate, float beta1, float beta2, float correction, float epsilon, float decay,
        float gradientScale) {
    private static final int BYTES = Float.BYTES;

    /// @param w, g, m, v  addresses of parameters, gradients, first and second moments
    public void update(long w, long g, long m, long v, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            momentsAt(g, m, v, i, LANES);
            moveAt(w, m, v, i, LANES);
        }
        if (end < n) {
            momentsAt(g, m, v, end, n - end);
            moveAt(w, m, v, end, n - end);
        }
    }

    private void momentsAt(long g, long m, long v, int i, int count) {
        long at = (long) i * BYTES;
        var gradient = get(g + at, count).mul(gradientScale);
        put(get(m + at, count).mul(beta1).add(gradient.mul(1 - beta1)), m + at, count);
        put(get(v + at, count).mul(beta2).add(gradient.mul(gradient).mul(1 - beta2)), v + at, count);
    }

    private void moveAt(long w, long m, long v, int i, int count) {
        long at = (long) i * BYTES;
        var step = get(m + at, count).mul(rate).div(get(v + at, count).sqrt().mul(correction).add(epsilon));
        var weight = get(w + at, count);
        put(weight.sub(step).sub(weight.mul(decay)), w + at, count);
    }
}
