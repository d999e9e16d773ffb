package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;

/// Loops over rows of numbers that lie in arrays, one number at a time, with the bits of vector code. That crawls until it is
/// compiled, these do not: a first translation comes sooner by a third (see `WarmUp`).
final class ScalarRows {
    private ScalarRows() {}

    static float[] row(long address, int n) {
        var row = new float[n];
        Vectors.copy(address, row);
        return row;
    }

    /// Writes a row to memory.
    static void store(float[] row, long address) {
        Vectors.copy(row, row.length, address);
    }

    /// y += x.
    static void add(float[] x, float[] y) {
        for (int i = 0; i < y.length; i++) y[i] += x[i];
    }

    /// x = x + s.
    static void add(float s, float[] x) {
        for (int i = 0; i < x.length; i++) x[i] += s;
    }

    /// x = s x.
    static void scale(float s, float[] x) {
        for (int i = 0; i < x.length; i++) x[i] *= s;
    }

    /// x = max(x, 0), where NaN stays NaN.
    static void relu(float[] x) {
        for (int i = 0; i < x.length; i++) if (x[i] <= 0) x[i] = 0;
    }

    static float max(float[] x) {
        return max(x, 0, x.length);
    }

    /// The largest of n elements.
    private static float max(float[] x, int from, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + n; i++) max = Math.max(max, x[i]);
        return max;
    }

    /// Σ x of n elements.
    static float sum(float[] x, int from, int n) {
        var sums = new float[LANES];
        for (int i = 0; i < n; i++) sums[i % LANES] += x[from + i];
        return sum(sums);
    }

    /// Σ x y of n elements.
    static float sumOfProducts(float[] x, float[] y, int from, int n) {
        var sums = new float[LANES];
        for (int i = 0; i < n; i++) sums[i % LANES] = Math.fma(x[from + i], y[from + i], sums[i % LANES]);
        return sum(sums);
    }

    /// Σ (x − mean)², where a part of a vector is summed up by itself.
    static float sumOfSquares(float[] x, float mean) {
        var sums = new float[LANES];
        int end = Vectors.bound(x.length);
        for (int i = 0; i < end; i++) {
            float d = x[i] - mean;
            sums[i % LANES] = Math.fma(d, d, sums[i % LANES]);
        }
        float rest = 0;
        for (int i = end; i < x.length; i++) {
            float d = x[i] - mean;
            rest = Math.fma(d, d, rest);
        }
        return sum(sums) + rest;
    }

    /// Σ exp(z − shift).
    static float sumOfExponentials(float[] z, float shift) {
        var sums = new float[LANES];
        for (int i = 0; i < z.length; i++) sums[i % LANES] += Functions.exp(z[i] - shift);
        return sum(sums);
    }

    /// The sum of the lanes that a vector would have, as `Vectors.sum` adds them up.
    private static float sum(float[] lanes) {
        for (int half = LANES / 2; half > 0; half /= 2) for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        return lanes[0];
    }

    /// n elements from `from` on become exp(x − the largest of them).
    ///
    /// @return  the largest
    static float exponentials(float[] x, int from, int n) {
        float max = max(x, from, n);
        for (int i = from; i < from + n; i++) x[i] = Functions.exp(x[i] - max);
        return max;
    }

    /// n logits at an address become log-probabilities.
    static void logSoftmax(long address, int n) {
        var z = row(address, n);
        float max = max(z);
        float shift = -(max + Functions.log(sumOfExponentials(z, max)));
        add(shift, z);
        store(z, address);
    }
}
