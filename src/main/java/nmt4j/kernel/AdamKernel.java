package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

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
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            long at = (long) i * BYTES;
            var gradient = load(g + at).mul(gradientScale);
            var first = first(load(m + at), gradient);
            var second = second(load(v + at), gradient);
            store(first, m + at);
            store(second, v + at);
            store(moved(load(w + at), first, second), w + at);
        }
        int rest = n - i;
        if (rest > 0) {
            long at = (long) i * BYTES;
            var gradient = load(g + at, rest).mul(gradientScale);
            var first = first(load(m + at, rest), gradient);
            var second = second(load(v + at, rest), gradient);
            store(first, m + at, rest);
            store(second, v + at, rest);
            store(moved(load(w + at, rest), first, second), w + at, rest);
        }
    }

    private FloatVector first(FloatVector m, FloatVector g) {
        return m.mul(beta1).add(g.mul(1 - beta1));
    }

    private FloatVector second(FloatVector v, FloatVector g) {
        return v.mul(beta2).add(g.mul(g).mul(1 - beta2));
    }

    private FloatVector moved(FloatVector w, FloatVector m, FloatVector v) {
        var step = m.mul(rate).div(v.sqrt().mul(correction).add(epsilon));
        return w.sub(step).sub(w.mul(decay));
    }
}
