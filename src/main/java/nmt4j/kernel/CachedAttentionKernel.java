package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

/// Attention of one query to keys that lie anywhere in memory: a decoder's step over what it has kept.
public final class CachedAttentionKernel {
    private static final int BYTES = Float.BYTES;

    private CachedAttentionKernel() {}

    /// @param query    address of the query [D]
    /// @param keys     addresses of the n keys [D]
    /// @param toValue  distance in bytes from a key to its value [D]
    /// @param size     D
    /// @param output   address of the result [D]
    /// @param weights  receives the n attention weights
    public static void run(long query, long[] keys, int n, long toValue, int size, long output, float[] weights) {
        float scale = (float) (1 / Math.sqrt(size));
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            weights[j] = dot(query, keys[j], size) * scale;
            max = Math.max(max, weights[j]);
        }
        float sum = 0;
        for (int j = 0; j < n; j++) {
            weights[j] = Functions.exp(weights[j] - max);
            sum += weights[j];
        }
        for (int j = 0; j < n; j++) weights[j] /= sum;
        combine(keys, n, toValue, size, output, weights);
    }

    private static float dot(long x, long y, int n) {
        int end = bound(n);
        var sum = Vectors.zero();
        for (int i = 0; i < end; i += LANES) sum = load(x + (long) i * BYTES).fma(load(y + (long) i * BYTES), sum);
        if (end < n) {
            long at = (long) end * BYTES;
            sum = load(x + at, n - end).fma(load(y + at, n - end), sum);
        }
        return Vectors.sum(sum);
    }

    private static void combine(long[] keys, int n, long toValue, int size, long output, float[] weights) {
        int i = 0;
        for (; i + 4 * LANES <= size; i += 4 * LANES)
            combineFour(keys, n, toValue + (long) i * BYTES, output + (long) i * BYTES, weights);
        for (; i < size; i += LANES)
            combineOne(keys, n, toValue + (long) i * BYTES, output + (long) i * BYTES, weights,
                    Math.min(LANES, size - i));
    }

    /// Four vectors of the result: as many sums do not wait for each other.
    private static void combineFour(long[] keys, int n, long toValue, long output, float[] weights) {
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0;
        for (int j = 0; j < n; j++) {
            var weight = Vectors.broadcast(weights[j]);
            long value = keys[j] + toValue;
            s0 = weight.fma(load(value), s0);
            s1 = weight.fma(load(value + Vectors.BYTES), s1);
            s2 = weight.fma(load(value + 2 * Vectors.BYTES), s2);
            s3 = weight.fma(load(value + 3 * Vectors.BYTES), s3);
        }
        store(s0, output);
        store(s1, output + Vectors.BYTES);
        store(s2, output + 2 * Vectors.BYTES);
        store(s3, output + 3 * Vectors.BYTES);
    }

    private static void combineOne(long[] keys, int n, long toValue, long output, float[] weights, int count) {
        var sum = Vectors.zero();
        for (int j = 0; j < n; j++)
            sum = Vectors.broadcast(weights[j]).fma(Vectors.get(keys[j] + toValue, count), sum);
        Vectors.put(sum, output, count);
    }
}
