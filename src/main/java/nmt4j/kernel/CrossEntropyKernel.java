package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.exact;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.ordered;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.IntVector;

/// Softmax and label-smoothed cross-entropy (Szegedy et al. 2016, section 7) of rows of logits z:
/// loss = log Σ exp z − (1 − ε) z[y] − ε / V Σ z, whose gradient is softmax(z) − (1 − ε) [· = y] − ε / V.
public final class CrossEntropyKernel {
    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private CrossEntropyKernel() {}

    /// Columns of the statistics of a row.
    public static final int LOSS = 0;
    public static final int NEGATIVE_LOG_LIKELIHOOD = 1;
    public static final int CORRECT = 2;
    public static final int STATISTICS = 3;

    /// @param logits      [T, V], overwritten by the gradient times `weight`, unless `weight` is 0
    /// @param targets     the target of row t is targets[first + t]
    /// @param smoothing   ε
    /// @param statistics  [T, 3], receives loss, −log p(y) and whether y has the highest score
    public static void run(Matrix logits, int[] targets, int first, float smoothing, float weight, Matrix statistics,
            int from,
            int to) {
        int size = logits.columns();
        for (int t = from; t < to; t++) {
            long z = logits.row(t);
            int y = targets[first + t];
            float score = Vectors.get(z + (long) y * BYTES);
            float max = max(z, size);
            float mean = smoothing == 0 ? 0 : Elementwise.sum(z, size) / size;
            float sum = exponentials(z, size, max, weight != 0);
            float logSum = max + Functions.log(sum);
            statistics.set(t, LOSS, logSum - (1 - smoothing) * score - smoothing * mean);
            statistics.set(t, NEGATIVE_LOG_LIKELIHOOD, logSum - score);
            statistics.set(t, CORRECT, score >= max ? 1 : 0);
            if (weight == 0) continue;
            affine(z, size, weight / sum, -weight * smoothing / size);
            long at = z + (long) y * BYTES;
            Vectors.set(at, Vectors.get(at) - weight * (1 - smoothing));
        }
    }

    /// Rows of logits become log-probabilities.
    public static void logSoftmax(Matrix logits, int from, int to) {
        for (int t = from; t < to; t++)
            if (isEarly(logits.columns())) ScalarRows.logSoftmax(logits.row(t), logits.columns());
            else logSoftmax(logits.row(t), logits.columns());
    }

    /// Whether scalar code is still the faster one for so many more logits.
    static boolean isEarly(int logits) {
        return !WARM_UP.isOver(logits);
    }

    static void logSoftmax(long z, int size) {
        float max = max(z, size);
        float logSum = max + Functions.log(exponentials(z, size, max, false));
        affine(z, size, 1, -logSum);
    }

    /// The largest, or maybe NaN if one is. Four vectors at a time, which do not wait for each other.
    static float max(long z, int n) {
        IntVector m0 = ordered(Vectors.broadcast(Float.NEGATIVE_INFINITY)), m1 = m0, m2 = m0, m3 = m0;
        int i = 0;
        for (; i <= n - 4 * LANES; i += 4 * LANES) {
            long at = z + (long) i * BYTES;
            m0 = ordered(load(at)).max(m0);
            m1 = ordered(load(at + Vectors.BYTES)).max(m1);
            m2 = ordered(load(at + 2 * Vectors.BYTES)).max(m2);
            m3 = ordered(load(at + 3 * Vectors.BYTES)).max(m3);
        }
        for (; i <= n - LANES; i += LANES) m0 = ordered(load(z + (long) i * BYTES)).max(m0);
        float max = Vectors.largest(exact(m0).max(m1).max(exact(m2).max(m3)));
        for (; i < n; i++) max = Math.max(max, Vectors.get(z + (long) i * BYTES));
        return max;
    }

    /// Σ exp(z − shift); the terms replace z if `keep`.
    static float exponentials(long z, int n, float shift, boolean keep) {
        int end = bound(n);
        var sum = Vectors.zero();
        for (int i = 0; i < end; i += LANES) {
            var e = Functions.exp(load(z + (long) i * BYTES).sub(shift));
            if (keep) store(e, z + (long) i * BYTES);
            sum = e.add(sum);
        }
        if (end < n) {
            long at = z + (long) end * BYTES;
            var e = Functions.exp(load(at, n - end).sub(shift));
            if (keep) store(e, at, n - end);
            sum = Vectors.zero().blend(e, Vectors.first(n - end)).add(sum);
        }
        return Vectors.sum(sum);
    }

    /// z = a z + b.
    static void affine(long z, int n, float a, float b) {
        int end = bound(n);
        var factor = Vectors.broadcast(a);
        var shift = Vectors.broadcast(b);
        for (int i = 0; i < end; i += LANES) store(load(z + (long) i * BYTES).fma(factor, shift), z + (long) i * BYTES);
        long at = z + (long) end * BYTES;
        if (end < n) store(load(at, n - end).fma(factor, shift), at, n - end);
    }
}
