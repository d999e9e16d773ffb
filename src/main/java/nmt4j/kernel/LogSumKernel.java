package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

import jdk.incubator.vector.VectorOperators;

/// Sums of numbers that are given by their logarithms.
public final class LogSumKernel {
    private LogSumKernel() {}

    /// y = ln(eˣ + eʸ) = max(x, y) + ln(1 + exp(−|x − y|)), over n consecutive floats; −∞ where both are.
    public static void add(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) addAt(x, y, i, LANES);
        if (end < n) addAt(x, y, end, n - end);
    }

    private static void addAt(long x, long y, int i, int count) {
        long at = (long) i * Float.BYTES;
        var a = get(x + at, count);
        var b = get(y + at, count);
        var larger = a.max(b);
        var sum = Functions.logOfOneToTwo(Functions.exp(a.sub(b).abs().neg()).add(1f)).add(larger);
        put(sum.blend(larger, larger.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY)), y + at, count);
    }
}
