package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.known;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Attention of one query, of several heads, to keys that lie anywhere in memory: a decoder's step over what it has kept. It
/// waits for memory more than it computes, so four keys are read side by side, each with all its heads from first to last.
public final class CachedAttentionKernel {
    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private CachedAttentionKernel() {}

    /// Weights that n keys need room for: whole vectors, of four lanes at least.
    public static int room(int n) {
        return Vectors.roundUp(n);
    }

    /// @param query    address of the query [heads · D]
    /// @param keys     addresses of the n keys [heads · D], n ≥ 1
    /// @param toValue  distance in bytes from a key to its value [heads · D]
    /// @param size     D
    /// @param output   address of the result [heads · D]
    /// @param weights  receives the n attention weights of each head, `room` of them apart
    public static void run(long query, long[] keys, int n, long toValue, int heads, int size, long output,
            float[] weights) {
        if (WARM_UP.isOver((long) n * heads * size))
            runVectors(query, keys, n, toValue, heads, size, output, weights);
        else ScalarAttention.run(query, keys, n, toValue, heads, size, output, weights);
    }

    static void runVectors(long query, long[] keys, int n, long toValue, int heads, int size, long output,
            float[] weights) {
        int room = room(n);
        scores(query, keys, n, heads, size, weights, room);
        softmax(weights, heads, room, n);
        combine(keys, n, toValue, heads, size, output, weights, room);
    }

    /// In whole fours: behind the last key its score is written again, for which there is room.
    private static void scores(long query, long[] keys, int n, int heads, int size, float[] weights, int room) {
        float scale = AttentionKernel.scale(size);
        long step = (long) size * BYTES;
        for (int j = 0; j < n; j += 4)
            for (int head = 0; head < heads; head++)
                scoreFour(query + head * step, keys, j, n - 1, head * step, size, scale, weights, head * room + j);
    }

    private static void scoreFour(long query, long[] keys, int j, int last, long toHead, int size, float scale,
            float[] scores, int to) {
        long y0 = known(keys[j] + toHead);
        long y1 = known(keys[Math.min(j + 1, last)] + toHead);
        long y2 = known(keys[Math.min(j + 2, last)] + toHead);
        long y3 = known(keys[Math.min(j + 3, last)] + toHead);
        query = known(query);
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0;
        int end = bound(size);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            var v = load(query + at);
            s0 = v.fma(load(y0 + at), s0);
            s1 = v.fma(load(y1 + at), s1);
            s2 = v.fma(load(y2 + at), s2);
            s3 = v.fma(load(y3 + at), s3);
        }
        if (end < size) {
            long at = (long) end * BYTES;
            int left = size - end;
            var v = load(query + at, left);
            s0 = v.fma(load(y0 + at, left), s0);
            s1 = v.fma(load(y1 + at, left), s1);
            s2 = v.fma(load(y2 + at, left), s2);
            s3 = v.fma(load(y3 + at, left), s3);
        }
        scores[to] = Vectors.sum(s0) * scale;
        scores[to + 1] = Vectors.sum(s1) * scale;
        scores[to + 2] = Vectors.sum(s2) * scale;
        scores[to + 3] = Vectors.sum(s3) * scale;
    }

    /// Of all heads side by side, since each step of one waits for the step before.
    private static void softmax(float[] weights, int heads, int room, int n) {
        for (int head = 0; head < heads; head++) subtractLargest(weights, head * room, n);
        exponentials(weights, heads * room);
        for (int head = 0; head < heads; head++) divideBySum(weights, head * room, n);
    }

    private static void subtractLargest(float[] weights, int from, int n) {
        int end = from + room(n);
        Arrays.fill(weights, from + n, end, Float.NEGATIVE_INFINITY);
        var largest = Vectors.ordered(Vectors.get(weights, from));
        for (int j = from + LANES; j < end; j += LANES) largest = Vectors.ordered(Vectors.get(weights, j)).max(largest);
        float shift = Vectors.largest(largest);
        for (int j = from; j < end; j += LANES) Vectors.get(weights, j).sub(shift).intoArray(weights, j);
    }

    private static void exponentials(float[] weights, int end) {
        for (int j = 0; j < end; j += LANES) Functions.exp(Vectors.get(weights, j)).intoArray(weights, j);
    }

    private static void divideBySum(float[] weights, int from, int n) {
        int end = from + room(n);
        Arrays.fill(weights, from + n, end, 0);
        var sum = Vectors.zero();
        for (int j = from; j < end; j += LANES) sum = Vectors.get(weights, j).add(sum);
        float all = Vectors.sum(sum);
        for (int j = from; j < end; j += LANES) Vectors.get(weights, j).div(all).intoArray(weights, j);
    }

    /// As many columns at a time as there are sums in registers; the second half of them may be another head's.
    private static void combine(long[] keys, int n, long toValue, int heads, int size, long output, float[] weights,
            int room) {
        int all = heads * size;
        for (int i = 0; i < all;) {
            long value = toValue + (long) i * BYTES;
            long to = output + (long) i * BYTES;
            int head = i / size * room;
            int left = size - i % size;
            if (size % (4 * LANES) == 0 && i + 8 * LANES <= all) {
                combineEight(keys, n, value, to, weights, head, (i + 4 * LANES) / size * room);
                i += 8 * LANES;
            } else if (left >= 4 * LANES || size % (2 * LANES) == 0 && i + 4 * LANES <= all) {
                combineFour(keys, n, value, to, weights, head, (i + 2 * LANES) / size * room);
                i += 4 * LANES;
            } else {
                combineAt(keys, n, value, to, weights, head, Math.min(left, LANES));
                i += Math.min(left, LANES);
            }
        }
    }

    /// Eight vectors of the result: as many sums do not wait for each other.
    ///
    /// @param first   where the weights of the first four are
    /// @param second  and of the others
    private static void combineEight(long[] keys, int n, long toValue, long output, float[] weights, int first,
            int second) {
        long step = Vectors.BYTES;
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int j = 0; j < n; j++) {
            var weight = Vectors.broadcast(weights[first + j]);
            long value = known(keys[j] + toValue);
            s0 = weight.fma(load(value), s0);
            s1 = weight.fma(load(value + step), s1);
            s2 = weight.fma(load(value + 2 * step), s2);
            s3 = weight.fma(load(value + 3 * step), s3);
            weight = Vectors.broadcast(weights[second + j]);
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

    private static void combineFour(long[] keys, int n, long toValue, long output, float[] weights, int first,
            int second) {
        long step = Vectors.BYTES;
        FloatVector s0 = Vectors.zero(), s1 = s0, s2 = s0, s3 = s0;
        for (int j = 0; j < n; j++) {
            var weight = Vectors.broadcast(weights[first + j]);
            long value = known(keys[j] + toValue);
            s0 = weight.fma(load(value), s0);
            s1 = weight.fma(load(value + step), s1);
            weight = Vectors.broadcast(weights[second + j]);
            s2 = weight.fma(load(value + 2 * step), s2);
            s3 = weight.fma(load(value + 3 * step), s3);
        }
        store(s0, output);
        store(s1, output + step);
        store(s2, output + 2 * step);
        store(s3, output + 3 * step);
    }

    private static void combineAt(long[] keys, int n, long toValue, long output, float[] weights, int first,
            int count) {
        var sum = Vectors.zero();
        for (int j = 0; j < n; j++)
            sum = Vectors.broadcast(weights[first + j]).fma(get(known(keys[j] + toValue), count), sum);
        Vectors.put(sum, output, count);
    }
}
