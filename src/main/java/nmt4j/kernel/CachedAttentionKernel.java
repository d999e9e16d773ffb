package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

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
        for (int i = 0; i < size; i += LANES) {
            long at = toValue + (long) i * BYTES;
            int count = Math.min(LANES, size - i);
            var sum = Vectors.zero();
            for (int j = 0; j < n; j++) {
                var value = count == LANES ? load(keys[j] + at) : load(keys[j] + at, count);
                sum = Vectors.broadcast(weights[j]).fma(value, sum);
            }
            if (count == LANES) store(sum, output + (long) i * BYTES);
            else store(sum, output + (long) i * BYTES, count);
        }
    }
}
