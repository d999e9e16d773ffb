package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Attention of one query to keys that lie anywhere in memory: a decoder's step over what it has kept. It waits for memory more
/// than it computes, so four keys are read side by side.
public final class CachedAttentionKernel {
    private static final int BYTES = Float.BYTES;

    private CachedAttentionKernel() {}

    /// Weights that n keys need room for: whole vectors.
    public static int room(int n) {
        return (n + LANES - 1) / LANES * LANES;
    }

    /// @param query    address of the query [D]
    /// @param keys     addresses of the n keys [D], n ≥ 1
    /// @param toValue  distance in bytes from a key to its value [D]
    /// @param size     D
    /// @param output   address of the result [D]
    /// @param weights  receives the n attention weights; with `room` for them
    public static void run(long query, long[] keys, int n, long toValue, int size, long output, float[] weights) {
        float scale = (float) (1 / Math.sqrt(size));
        int j = 0;
        for (; j + 4 <= n; j += 4) scoreFour(query, keys, j, size, scale, weights);
        for (; j < n; j++) weights[j] = dot(query, keys[j], size) * scale;
        softmax(weights, n);
        combine(keys, n, toValue, size, output, weights);
    }

    private static void scoreFour(long x, long[] keys, int j, int n, float scale, float[] scores) {
        long y0 = keys[j];
        long y1 = keys[j + 1];
        long y2 = keys[j + 2];
        long y3 = keys[j + 3];
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0;
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            var v = load(x + at);
            s0 = v.fma(load(y0 + at), s0);
            s1 = v.fma(load(y1 + at), s1);
            s2 = v.fma(load(y2 + at), s2);
            s3 = v.fma(load(y3 + at), s3);
        }
        if (end < n) {
            long at = (long) end * BYTES;
            int left = n - end;
            var v = load(x + at, left);
            s0 = v.fma(load(y0 + at, left), s0);
            s1 = v.fma(load(y1 + at, left), s1);
            s2 = v.fma(load(y2 + at, left), s2);
            s3 = v.fma(load(y3 + at, left), s3);
        }
        scores[j] = Vectors.sum(s0) * scale;
        scores[j + 1] = Vectors.sum(s1) * scale;
        scores[j + 2] = Vectors.sum(s2) * scale;
        scores[j + 3] = Vectors.sum(s3) * scale;
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

    private static void softmax(float[] weights, int n) {
        int room = room(n);
        Arrays.fill(weights, n, room, Float.NEGATIVE_INFINITY);
        exponentials(weights, room, max(weights, room));
        Arrays.fill(weights, n, room, 0);
        float all = sum(weights, room);
        for (int j = 0; j < room; j += LANES) Vectors.get(weights, j).div(all).intoArray(weights, j);
    }

    private static float max(float[] weights, int room) {
        var max = Vectors.get(weights, 0);
        for (int j = LANES; j < room; j += LANES) max = Vectors.get(weights, j).max(max);
        return Vectors.largest(Vectors.ordered(max));
    }

    /// Weights become exp(weight − shift).
    private static void exponentials(float[] weights, int room, float shift) {
        for (int j = 0; j < room; j += LANES)
            Functions.exp(Vectors.get(weights, j).sub(shift)).intoArray(weights, j);
    }

    private static float sum(float[] weights, int room) {
        var sum = Vectors.zero();
        for (int j = 0; j < room; j += LANES) sum = Vectors.get(weights, j).add(sum);
        return Vectors.sum(sum);
    }

    private static void combine(long[] keys, int n, long toValue, int size, long output, float[] weights) {
        int i = 0;
        for (; i + 8 * LANES <= size; i += 8 * LANES)
            combineEight(keys, n, toValue + (long) i * BYTES, output + (long) i * BYTES, weights);
        for (; i + 4 * LANES <= size; i += 4 * LANES)
            combineFour(keys, n, toValue + (long) i * BYTES, output + (long) i * BYTES, weights);
        for (; i + LANES <= size; i += LANES)
            combineAt(keys, n, toValue + (long) i * BYTES, output + (long) i * BYTES, weights, LANES);
        if (i < size)
            combineAt(keys, n, toValue + (long) i * BYTES, output + (long) i * BYTES, weights, size - i);
    }

    /// Eight vectors of the result: as many sums do not wait for each other.
    private static void combineEight(long[] keys, int n, long toValue, long output, float[] weights) {
        long step = Vectors.BYTES;
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int j = 0; j < n; j++) {
            var weight = Vectors.broadcast(weights[j]);
            long value = keys[j] + toValue;
            s0 = weight.fma(load(value), s0);
            s1 = weight.fma(load(value + step), s1);
            s2 = weight.fma(load(value + 2 * step), s2);
            s3 = weight.fma(load(value + 3 * step), s3);
            s4 = weight.fma(load(value + 4 * step), s4);
            s5 = weight.fma(load(value + 5 * step), s5);
            s6 = weight.fma(load(value + 6 * step), s6);
            s7 = weight.fma(load(value + 7 * step), s7);
        }
        store(s0, output);
        store(s1, output + step);
        store(s2, output + 2 * step);
        store(s3, output + 3 * step);
        store(s4, output + 4 * step);
        store(s5, output + 5 * step);
        store(s6, output + 6 * step);
        store(s7, output + 7 * step);
    }

    private static void combineFour(long[] keys, int n, long toValue, long output, float[] weights) {
        long step = Vectors.BYTES;
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0;
        for (int j = 0; j < n; j++) {
            var weight = Vectors.broadcast(weights[j]);
            long value = keys[j] + toValue;
            s0 = weight.fma(load(value), s0);
            s1 = weight.fma(load(value + step), s1);
            s2 = weight.fma(load(value + 2 * step), s2);
            s3 = weight.fma(load(value + 3 * step), s3);
        }
        store(s0, output);
        store(s1, output + step);
        store(s2, output + 2 * step);
        store(s3, output + 3 * step);
    }

    private static void combineAt(long[] keys, int n, long toValue, long output, float[] weights, int count) {
        var sum = Vectors.zero();
        for (int j = 0; j < n; j++) sum = Vectors.broadcast(weights[j]).fma(get(keys[j] + toValue, count), sum);
        Vectors.put(sum, output, count);
    }
}
