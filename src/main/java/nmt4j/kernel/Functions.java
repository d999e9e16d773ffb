package nmt4j.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// exp, log, logistic function and tanh of vectors, of lane-wise operations alone, so that their bits are the same interpreted
/// and compiled, on any vector length. (`VectorOperators.EXP` and `TANH` are not.)
final class Functions {
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f; // few bits: a product with a small integer is exact
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float LOWEST = -87.3f; // exp of it is the smallest normal number
    private static final float HIGHEST = 88.3f;
    private static final float TANH_BOUND = 7.90531110763549805f;
    private static final float SQRT_2 = 1.41421356f;
    private static final float LN_2 = 0.693147181f;
    /// 1.5 · 2²³: adding it rounds to a whole number in the low bits, and taking it away leaves that number.
    static final float ROUND = 12582912f;
    static final float GELU_LINEAR = (float) (2 * Math.sqrt(2 / Math.PI));
    static final float GELU_CUBIC = 0.044715f * GELU_LINEAR;

    private Functions() {}

    /// eˣ for each lane, with a relative error below 2e-7 on [−87.3, 88.3]; beyond, the value at the bound.
    ///
    /// x = n ln 2 + r with |r| ≤ ln 2 / 2; eʳ by a polynomial of degree 6 (Cephes `expf`), times 2ⁿ through the exponent bits.
    static FloatVector exp(FloatVector x) {
        x = Vectors.atMost(Vectors.atLeast(x, LOWEST), HIGHEST);
        var shifted = x.fma(Vectors.broadcast(LOG2_E), Vectors.broadcast(ROUND));
        var n = shifted.sub(ROUND);
        var r = n.fma(Vectors.broadcast(-LN2_HIGH), x);
        r = n.fma(Vectors.broadcast(-LN2_LOW), r);
        var p = r.fma(Vectors.broadcast(1.9875691500e-4f), Vectors.broadcast(1.3981999507e-3f));
        p = p.fma(r, Vectors.broadcast(8.3334519073e-3f));
        p = p.fma(r, Vectors.broadcast(4.1665795894e-2f));
        p = p.fma(r, Vectors.broadcast(1.6666665459e-1f));
        p = p.fma(r, Vectors.broadcast(5.0000001201e-1f));
        p = p.fma(r.mul(r), r).add(1f);
        var scale = shifted.reinterpretAsInts().add(127 - Float.floatToRawIntBits(ROUND))
                .lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return p.mul(scale);
    }

    /// The same of one number, with the same bits.
    static float exp(float x) {
        x = Math.min(Math.max(x, LOWEST), HIGHEST);
        float shifted = Math.fma(x, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_HIGH, x);
        r = Math.fma(n, -LN2_LOW, r);
        float p = Math.fma(r, 1.9875691500e-4f, 1.3981999507e-3f);
        p = Math.fma(p, r, 8.3334519073e-3f);
        p = Math.fma(p, r, 4.1665795894e-2f);
        p = Math.fma(p, r, 1.6666665459e-1f);
        p = Math.fma(p, r, 5.0000001201e-1f);
        p = Math.fma(p, r * r, r) + 1;
        int exponent = Float.floatToRawIntBits(shifted) + 127 - Float.floatToRawIntBits(ROUND) << 23;
        return p * Float.intBitsToFloat(exponent);
    }

    /// 1 / (1 + e⁻ˣ).
    static FloatVector logistic(FloatVector x) {
        var one = Vectors.broadcast(1f);
        return one.div(exp(x.neg()).add(1f));
    }

    /// The same of one number, with the same bits.
    static float logistic(float x) {
        return 1 / (exp(-x) + 1);
    }

    /// x σ(`geluArgument(x)`), the approximation by tanh of Hendrycks & Gimpel 2016.
    static FloatVector gelu(FloatVector x) {
        return x.mul(logistic(geluArgument(x)));
    }

    /// 2 √(2 / π) (x + 0.044715 x³).
    static FloatVector geluArgument(FloatVector x) {
        return x.mul(x).fma(Vectors.broadcast(GELU_CUBIC), Vectors.broadcast(GELU_LINEAR)).mul(x);
    }

    /// tanh x for each lane, with a relative error below 3e-7: a quotient of polynomials in x², of degrees 13 and 6 (those of
    /// Eigen's `ptanh_float`); ±1 within 1e-7 beyond ±7.9.
    static FloatVector tanh(FloatVector x) {
        x = Vectors.atMost(Vectors.atLeast(x, -TANH_BOUND), TANH_BOUND);
        var square = x.mul(x);
        var p = square.fma(Vectors.broadcast(-2.76076847742355e-16f), Vectors.broadcast(2.00018790482477e-13f));
        p = p.fma(square, Vectors.broadcast(-8.60467152213735e-11f));
        p = p.fma(square, Vectors.broadcast(5.12229709037114e-08f));
        p = p.fma(square, Vectors.broadcast(1.48572235717979e-05f));
        p = p.fma(square, Vectors.broadcast(6.37261928875436e-04f));
        p = p.fma(square, Vectors.broadcast(4.89352455891786e-03f));
        var q = square.fma(Vectors.broadcast(1.19825839466702e-06f), Vectors.broadcast(1.18534705686654e-04f));
        q = q.fma(square, Vectors.broadcast(2.26843463243900e-03f));
        q = q.fma(square, Vectors.broadcast(4.89352518554385e-03f));
        return x.mul(p).div(q);
    }

    /// The same of one number, with the same bits.
    static float tanh(float x) {
        x = Math.min(Math.max(x, -TANH_BOUND), TANH_BOUND);
        float square = x * x;
        float p = Math.fma(square, -2.76076847742355e-16f, 2.00018790482477e-13f);
        p = Math.fma(p, square, -8.60467152213735e-11f);
        p = Math.fma(p, square, 5.12229709037114e-08f);
        p = Math.fma(p, square, 1.48572235717979e-05f);
        p = Math.fma(p, square, 6.37261928875436e-04f);
        p = Math.fma(p, square, 4.89352455891786e-03f);
        float q = Math.fma(square, 1.19825839466702e-06f, 1.18534705686654e-04f);
        q = Math.fma(q, square, 2.26843463243900e-03f);
        q = Math.fma(q, square, 4.89352518554385e-03f);
        return x * p / q;
    }

    /// ln x of lanes in [1, 2], with an absolute error below 1e-7: a polynomial around 1 of x or x / 2 (Cephes `logf`).
    static FloatVector logOfOneToTwo(FloatVector x) {
        var large = x.compare(VectorOperators.GT, SQRT_2);
        var r = x.blend(x.mul(0.5f), large).sub(1f);
        var square = r.mul(r);
        var p = r.fma(Vectors.broadcast(7.0376836292e-2f), Vectors.broadcast(-1.1514610310e-1f));
        p = p.fma(r, Vectors.broadcast(1.1676998740e-1f));
        p = p.fma(r, Vectors.broadcast(-1.2420140846e-1f));
        p = p.fma(r, Vectors.broadcast(1.4249322787e-1f));
        p = p.fma(r, Vectors.broadcast(-1.6668057665e-1f));
        p = p.fma(r, Vectors.broadcast(2.0000714765e-1f));
        p = p.fma(r, Vectors.broadcast(-2.4999993993e-1f));
        p = p.fma(r, Vectors.broadcast(3.3333331174e-1f));
        var log = p.mul(r).mul(square).sub(square.mul(0.5f)).add(r);
        return log.blend(log.add(LN_2), large);
    }

    /// ln x of one positive number: `StrictMath`, whose bits never change.
    static float log(float x) {
        return (float) StrictMath.log(x);
    }
}
