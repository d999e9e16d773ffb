package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

/// Layer normalisation (Ba, Kiros & Hinton 2016, eq. 4): y = γ (x − μ) / √(σ² + ε) + β over each row of H elements.
public final class LayerNormKernel {
    private static final float EPSILON = 1e-5f;
    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private LayerNormKernel() {}

    /// @param x        [T, H]
    /// @param gamma    [1, H]
    /// @param beta     [1, H]
    /// @param y        [T, H]
    /// @param moments  [T, 2], receives μ and 1 / √(σ² + ε) of each row
    public static void forward(Matrix x, Matrix gamma, Matrix beta, Matrix y, Matrix moments, int from, int to) {
        if (WARM_UP.isOver((long) (to - from) * x.columns())) forwardVectors(x, gamma, beta, y, moments, from, to);
        else forwardScalars(x, gamma, beta, y, moments, from, to);
    }

    static void forwardVectors(Matrix x, Matrix gamma, Matrix beta, Matrix y, Matrix moments, int from, int to) {
        for (int t = from; t < to; t++) forwardVectors(x, gamma, beta, y, moments, t);
    }

    static void forwardVectors(Matrix x, Matrix gamma, Matrix beta, Matrix y, Matrix moments, int t) {
        int width = x.columns();
        float mean = Elementwise.sum(x.row(t), width) / width;
        float inverse = inverse(squares(x.row(t), width, mean) / width);
        moments.set(t, 0, mean);
        moments.set(t, 1, inverse);
        normalize(x.row(t), gamma.address(), beta.address(), y.row(t), width, mean, inverse);
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void forwardScalars(Matrix x, Matrix gamma, Matrix beta, Matrix y, Matrix moments, int from, int to) {
        int width = x.columns();
        var factors = ScalarRows.row(gamma.address(), width);
        var shifts = ScalarRows.row(beta.address(), width);
        for (int t = from; t < to; t++) {
            var row = ScalarRows.row(x.row(t), width);
            float mean = ScalarRows.sum(row, 0, width) / width;
            float inverse = inverse(ScalarRows.sumOfSquares(row, mean) / width);
            moments.set(t, 0, mean);
            moments.set(t, 1, inverse);
            for (int j = 0; j < width; j++) row[j] = Math.fma((row[j] - mean) * inverse, factors[j], shifts[j]);
            ScalarRows.store(row, y.row(t));
        }
    }

    private static float inverse(float variance) {
        return (float) (1 / Math.sqrt(variance + EPSILON));
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
    /// @param sums        [2, H], to which the sums of these rows for dγ and dβ are added
    public static void backward(Matrix x, Matrix gamma, Matrix moments, Matrix dy, Matrix dx, boolean accumulate,
            Matrix sums, int from, int to) {
        for (int t = from; t < to; t++) backward(x, gamma, moments, dy, dx, accumulate, sums, t);
    }

    /// The same of row t.
    static void backward(Matrix x, Matrix gamma, Matrix moments, Matrix dy, Matrix dx, boolean accumulate, Matrix sums,
            int t) {
        reduce(x.row(t), gamma.address(), dy.row(t), sums.row(0), sums.row(1), x.columns(), moments.get(t, 0),
                moments.get(t, 1), dx.row(t), accumulate);
    }

    private static void reduce(long x, long gamma, long dy, long dGamma, long dBeta, int n, float mean,
            float inverse, long dx, boolean accumulate) {
        int end = bound(n);
        var sumG = Vectors.zero();      // Σ g
        var sumNormal = Vectors.zero(); // Σ g x̂
        for (int i = 0; i < end; i += LANES) {
            var normal = normalAt(x, i, LANES, mean, inverse);
            var d = load(dy + (long) i * BYTES);
            addGradientsAt(d, normal, dGamma, dBeta, i, LANES);
            var g = d.mul(load(gamma + (long) i * BYTES));
            sumG = g.add(sumG);
            sumNormal = g.fma(normal, sumNormal);
        }
        if (end < n) {
            var normal = normalAt(x, end, n - end, mean, inverse);
            var d = load(dy + (long) end * BYTES, n - end);
            addGradientsAt(d, normal, dGamma, dBeta, end, n - end);
            var g = d.mul(load(gamma + (long) end * BYTES, n - end));
            sumG = g.add(sumG);
            sumNormal = g.fma(normal, sumNormal);
        }
        propagate(x, gamma, dy, n, mean, inverse, Vectors.sum(sumG) / n, Vectors.sum(sumNormal) / n, dx, accumulate);
    }

    /// dγ += dy ⊗ x̂, dβ += dy.
    private static void addGradientsAt(FloatVector dy, FloatVector normal, long dGamma, long dBeta, int i,
            int count) {
        long at = (long) i * BYTES;
        put(dy.fma(normal, get(dGamma + at, count)), dGamma + at, count);
        put(dy.add(get(dBeta + at, count)), dBeta + at, count);
    }

    private static FloatVector normalAt(long x, int i, int count, float mean, float inverse) {
        return get(x + (long) i * BYTES, count).sub(mean).mul(inverse);
    }

    private static void propagate(long x, long gamma, long dy, int n, float mean, float inverse, float meanG,
            float meanGx, long dx, boolean accumulate) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES)
            propagateAt(x, gamma, dy, i, LANES, mean, inverse, meanG, meanGx, dx, accumulate);
        if (end < n) propagateAt(x, gamma, dy, end, n - end, mean, inverse, meanG, meanGx, dx, accumulate);
    }

    private static void propagateAt(long x, long gamma, long dy, int i, int count, float mean, float inverse,
            float meanG, float meanGx, long dx, boolean accumulate) {
        long at = (long) i * BYTES;
        var normal = normalAt(x, i, count, mean, inverse);
        var d = get(dy + at, count).mul(get(gamma + at, count)).sub(meanG).sub(normal.mul(meanGx)).mul(inverse);
        if (accumulate) put(d.add(get(dx + at, count)), dx + at, count);
        else put(d, dx + at, count);
    }
}
