package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;

/// Log-softmax of a row of logits, one number at a time, with the bits of `CrossEntropyKernel`. Vector code crawls until it is
/// compiled, scalar code does not: a first translation comes 0.3 s sooner.
final class ScalarLogSoftmax {
    private ScalarLogSoftmax() {}

    /// @param z  address of the logits, which become log-probabilities
    /// @param n  how many
    static void run(long z, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) max = Math.max(max, Vectors.get(at(z, i)));
        float shift = -(max + Functions.log(sumOfExponentials(z, n, max)));
        for (int i = 0; i < n; i++) Vectors.set(at(z, i), Vectors.get(at(z, i)) + shift);
    }

    /// Σ exp(z − shift), a sum for each lane that a vector would have, then over the lanes.
    private static float sumOfExponentials(long z, int n, float shift) {
        var sums = new float[LANES];
        for (int i = 0; i < n; i++) sums[i % LANES] += Functions.exp(Vectors.get(at(z, i)) - shift);
        float sum = sums[0];
        for (int i = 1; i < LANES; i++) sum += sums[i];
        return sum;
    }

    private static long at(long z, int i) {
        return z + (long) i * Float.BYTES;
    }
}
