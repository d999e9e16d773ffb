package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.broadcast;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Sums of numbers that are given by their logarithms.
public final class LogSumKernel {
    private static final float SQRT_2 = 1.41421356f;
    private static final float LN_2 = 0.693147181f;

    private LogSumKernel() {}

    /// y = ln(eˣ + eʸ) = max(x, y) + ln(1 + exp(−|x − y|)), over n consecutive floats; −∞ where both are.
    public static void add(long x, long y, int n) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * Float.BYTES;
            int count = Math.min(LANES, n - i);
            var a = get(x + at, count);
            var b = get(y + at, count);
            var larger = a.max(b);
            var sum = log(Functions.exp(a.sub(b).abs().neg()).add(1f)).add(larger);
            put(sum.blend(larger, larger.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY)), y + at, count);
        }
    }

    /// ln x of lanes in [1, 2], with an absolute error below 1e-7: a polynomial around 1 of x or x / 2 (Cephes `logf`).
    private static FloatVector log(FloatVector x) {
        var large = x.compare(VectorOperators.GT, SQRT_2);
        var r = x.blend(x.mul(0.5f), large).sub(1f);
        var square = r.mul(r);
        var p = r.fma(broadcast(7.0376836292e-2f), broadcast(-1.1514610310e-1f));
        p = p.fma(r, broadcast(1.1676998740e-1f));
        p = p.fma(r, broadcast(-1.2420140846e-1f));
        p = p.fma(r, broadcast(1.4249322787e-1f));
        p = p.fma(r, broadcast(-1.6668057665e-1f));
        p = p.fma(r, broadcast(2.0000714765e-1f));
        p = p.fma(r, broadcast(-2.4999993993e-1f));
        p = p.fma(r, broadcast(3.3333331174e-1f));
        var log = p.mul(r).mul(square).sub(square.mul(0.5f)).add(r);
        return log.blend(log.add(LN_2), large);
    }
}
