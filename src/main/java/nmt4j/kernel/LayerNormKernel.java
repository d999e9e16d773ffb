package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

/// Layer normalisation (Ba, Kiros & Hinton 2016, eq. 4): y = γ (x − μ) / √(σ² + ε) + β over each row of H elements.
public final class LayerNormKernel {
    private static final float EPSILON = 1e-5f;
    private static final int BYTES = Float.BYTES;

    private LayerNormKernel() {}

    /// @param x        [T, H]
    /// @param gamma    [1, H]
    /// @param beta     [1, H]
    /// @param y        [T, H]
    /// @param moments  [T, 2], receives μ and 1 / √(σ² + ε) of each row
    public static void forward(Matrix x, Matrix gamma, Matrix beta, Matrix y, Matrix moments, int from, int to) {
        int width = x.columns();
        for (int t = from; t < to; t++) {
            float mean = sum(x.row(t), width) / width;
            float inverse = (float) (1 / Math.sqrt(squares(x.row(t), width, mean) / width + EPSILON));
            moments.set(t, 0, mean);
            moments.set(t, 1, inverse);
            normalize(x.row(t), gamma.address(), beta.address(), y.row(t), width, mean, inverse);
        }
    }

    private static float sum(long x, int n) {
        int end = bound(n);
        var sum = Vectors.zero();
        for (int i = 0; i < end; i += LANES) sum = sum.add(load(x + (long) i * BYTES));
        if (end < n) sum = sum.add(load(x + (long) end * BYTES, n - end));
        return Vectors.sum(sum);
    }

    private static float squares(long x, int n, float mean) {
        int end = bound(n);
        var sum = Vectors.zero();
        for (int i = 0; i < end; i += LANES) {
            var d = load(x + (long) i * BYTES).sub(mean);
            sum = d.fma(d, sum);
        }
        float rest = 0;
        for (int i = end; i < n; i++) {
            float d = Vectors.get(x + (long) i * BYTES) - mean;
            rest = Math.fma(d, d, rest);
        }
        return Vectors.sum(sum) + rest;
    }

    private static void normalize(long x, long gamma, long beta, long y, int n, float mean, float inverse) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            var normal = load(x + at).sub(mean).mul(inverse);
            store(normal.fma(load(gamma + at), load(beta + at)), y + at);
        }
        long at = (long) end * BYTES;
        if (end < n) {
            var normal = load(x + at, n - end).sub(mean).mul(inverse);
            store(normal.fma(load(gamma + at, n - end), load(beta + at, n - end)), y + at, n - end);
        }
    }

    /// With x̂ = (x − μ) r and g = dy γ: dx = r (g − mean(g) − x̂ mean(g x̂)); dγ = Σ dy x̂ and dβ = Σ dy over the rows.
    ///
    /// @param dx          [T, H]
    /// @param accumulate  whether dx is added to
    /// @param sums        [2, H], receives the sums of these rows for dγ and dβ
    public static void backward(Matrix x, Matrix gamma, Matrix moments, Matrix dy, Matrix dx, boolean accumulate,
            Matrix sums, int from, int to) {
        int width = x.columns();
        sums.fill(0);
        for (int t = from; t < to; t++) {
            float mean = moments.get(t, 0);
            float inverse = moments.get(t, 1);
            reduce(x.row(t), gamma.address(), dy.row(t), sums, width, mean, inverse, dx.row(t), accumulate);
        }
    }

    private static void reduce(long x, long gamma, long dy, Matrix sums, int n, float mean, float inverse, long dx,
            boolean accumulate) {
        long gammaSum = sums.row(0);
        long betaSum = sums.row(1);
        var sumG = Vectors.zero();
        var sumGx = Vectors.zero();
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * BYTES;
            int count = Math.min(LANES, n - i);
            if (count == LANES) {
                var normal = load(x + at).sub(mean).mul(inverse);
                var d = load(dy + at);
                var g = d.mul(load(gamma + at));
                sumG = sumG.add(g);
                sumGx = g.fma(normal, sumGx);
                store(d.fma(normal, load(gammaSum + at)), gammaSum + at);
                store(d.add(load(betaSum + at)), betaSum + at);
            } else {
                var normal = load(x + at, count).sub(mean).mul(inverse);
                var d = load(dy + at, count);
                var g = d.mul(load(gamma + at, count));
                sumG = sumG.add(g);
                sumGx = g.fma(normal, sumGx);
                store(d.fma(normal, load(gammaSum + at, count)), gammaSum + at, count);
                store(d.add(load(betaSum + at, count)), betaSum + at, count);
            }
        }
        float meanG = Vectors.sum(sumG) / n;
        float meanGx = Vectors.sum(sumGx) / n;
        propagate(x, gamma, dy, n, mean, inverse, meanG, meanGx, dx, accumulate);
    }

    private static void propagate(long x, long gamma, long dy, int n, float mean, float inverse, float meanG,
            float meanGx,
            long dx, boolean accumulate) {
        for (int i = 0; i < n; i += LANES) {
            long at = (long) i * BYTES;
            int count = Math.min(LANES, n - i);
            if (count == LANES) {
                var d = gradient(load(x + at), load(gamma + at), load(dy + at), mean, inverse, meanG, meanGx);
                store(accumulate ? d.add(load(dx + at)) : d, dx + at);
            } else {
                var d = gradient(load(x + at, count), load(gamma + at, count), load(dy + at, count), mean, inverse,
                        meanG,
                        meanGx);
                store(accumulate ? d.add(load(dx + at, count)) : d, dx + at, count);
            }
        }
    }

    private static FloatVector gradient(FloatVector x, FloatVector gamma, FloatVector dy, float mean, float inverse,
            float meanG, float meanGx) {
        var normal = x.sub(mean).mul(inverse);
        return dy.mul(gamma).sub(meanG).sub(normal.mul(meanGx)).mul(inverse);
    }
}
