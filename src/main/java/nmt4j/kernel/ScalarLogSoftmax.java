package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;

/// Log-softmax of a row of logits, one number at a time, with the bits of `CrossEntropyKernel`. Vector code crawls until it is
/// compiled, scalar code on arrays does not: a first translation comes 0.3 s sooner.
final class ScalarLogSoftmax {
    private ScalarLogSoftmax() {}

    /// @param z  address of the logits, which become log-probabilities
    /// @param n  how many
    static void run(long z, int n) {
        var row = row(z, n);
        normalize(row);
        Vectors.copy(row, n, z);
    }

    static float[] row(long address, int n) {
        var row = new float[n];
        Vectors.copy(address, row);
        return row;
    }

    static void add(float[] x, float[] y) {
        for (int i = 0; i < y.length; i++) y[i] += x[i];
    }

    private static void normalize(float[] z) {
        float max = max(z);
        float shift = -(max + Functions.log(sumOfExponentials(z, max)));
        for (int i = 0; i < z.length; i++) z[i] += shift;
    }

    static float max(float[] z) {
        float max = Float.NEGATIVE_INFINITY;
        for (float x : z) max = Math.max(max, x);
        return max;
    }

    /// Σ exp(z − shift), a sum for each lane that a vector would have, then over the lanes as `Vectors.sum` adds them up.
    static float sumOfExponentials(float[] z, float shift) {
        var sums = new float[LANES];
        for (int i = 0; i < z.length; i++) sums[i % LANES] += Functions.exp(z[i] - shift);
        for (int half = LANES / 2; half > 0; half /= 2) for (int i = 0; i < half; i++) sums[i] += sums[i + half];
        return sums[0];
    }
}
