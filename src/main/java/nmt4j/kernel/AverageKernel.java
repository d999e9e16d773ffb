package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// A second set of weights beside the first, over n consecutive floats.
public final class AverageKernel {
    private AverageKernel() {}

    /// average += share · (weights − average).
    public static void approach(long weights, long average, int n, float share) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) approachAt(weights, average, i, LANES, share);
        if (end < n) approachAt(weights, average, end, n - end, share);
    }

    private static void approachAt(long weights, long average, int i, int count, float share) {
        long at = (long) i * Float.BYTES;
        var past = get(average + at, count);
        put(get(weights + at, count).sub(past).mul(share).add(past), average + at, count);
    }

    /// Each takes the other's place.
    public static void exchange(long weights, long average, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) exchangeAt(weights, average, i, LANES);
        if (end < n) exchangeAt(weights, average, end, n - end);
    }

    private static void exchangeAt(long weights, long average, int i, int count) {
        long at = (long) i * Float.BYTES;
        var present = get(weights + at, count);
        put(get(average + at, count), weights + at, count);
        put(present, average + at, count);
    }
}
