package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

/// A second set of weights beside the first, over n consecutive floats.
public final class AverageKernel {
    private AverageKernel() {}

    /// average += share · (weights − average).
    public static void approach(long weights, long average, int n, float share) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * Float.BYTES;
            int count = Math.min(LANES, n - i);
            var past = get(average + at, count);
            put(get(weights + at, count).sub(past).mul(share).add(past), average + at, count);
        }
    }

    /// Each takes the other's place.
    public static void exchange(long weights, long average, int n) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * Float.BYTES;
            int count = Math.min(LANES, n - i);
            var present = get(weights + at, count);
            put(get(average + at, count), weights + at, count);
            put(present, average + at, count);
        }
    }
}
