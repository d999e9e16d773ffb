package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Bias and activation in one pass behind a product, and back.
public final class ActivationKernel {
    private static final int BYTES = Float.BYTES;
    private static final float GELU_LINEAR = (float) (2 * Math.sqrt(2 / Math.PI));
    private static final float GELU_CUBIC = 0.044715f * GELU_LINEAR;

    private ActivationKernel() {}

    /// y = activation(z + bias), in place if y is z. If the activation needs its input later, z keeps z + bias.
    ///
    /// @param z     [T, H]
    /// @param bias  [1, H]
    /// @param y     [T, H]
    public static void forward(Activation activation, Matrix z, Matrix bias, Matrix y, int from, int to) {
        int n = z.columns();
        for (int t = from; t < to; t++) {
            long x = activation.needsInput() ? z.row(t) : y.row(t);
            add(z.row(t), bias.address(), x, n);
            apply(activation, x, y.row(t), n);
        }
    }

    private static void add(long x, long bias, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            store(load(x + at).add(load(bias + at)), y + at);
        }
        long at = (long) end * BYTES;
        if (end < n) store(load(x + at, n - end).add(load(bias + at, n - end)), y + at, n - end);
    }

    /// y = activation(x) for a row that is in the first cache. Each has a loop of its own: in a loop that chooses within, the
    /// JIT makes an object of each vector.
    private static void apply(Activation activation, long x, long y, int n) {
        switch (activation) {
            case NONE -> {
            }
            case RELU -> relu(x, y, n);
            case GELU -> gelu(x, y, n);
            case TANH -> tanh(x, y, n);
            case LOGISTIC -> logistic(x, y, n);
        }
    }

    private static void relu(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) store(load(x + (long) i * BYTES).max(0f), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(load(x + at, n - end).max(0f), y + at, n - end);
    }

    private static void gelu(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) store(gelu(load(x + (long) i * BYTES)), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(gelu(load(x + at, n - end)), y + at, n - end);
    }

    private static void tanh(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) store(Functions.tanh(load(x + (long) i * BYTES)), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(Functions.tanh(load(x + at, n - end)), y + at, n - end);
    }

    private static void logistic(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES)
            store(Functions.logistic(load(x + (long) i * BYTES)), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(Functions.logistic(load(x + at, n - end)), y + at, n - end);
    }

    private static FloatVector gelu(FloatVector x) {
        return x.mul(Functions.logistic(geluArgument(x)));
    }

    /// dz = dy · activation'(x), in place if dz is dy; and the sum of dz over these rows.
    ///
    /// @param x     [T, H] input of the activation if it needs it, else its output
    /// @param sums  [1, H]
    public static void backward(Activation activation, Matrix x, Matrix dy, Matrix dz, Matrix sums, int from, int to) {
        int n = dy.columns();
        sums.fill(0);
        for (int t = from; t < to; t++) {
            for (int i = 0; i < n; i += LANES) {
                long at = (long) i * BYTES;
                int count = Math.min(LANES, n - i);
                if (count == LANES) {
                    var d = load(dy.row(t) + at);
                    if (activation != Activation.NONE) {
                        d = derivative(activation, load(x.row(t) + at), d);
                        store(d, dz.row(t) + at);
                    }
                    store(load(sums.address() + at).add(d), sums.address() + at);
                } else {
                    var d = load(dy.row(t) + at, count);
                    if (activation != Activation.NONE) {
                        d = derivative(activation, load(x.row(t) + at, count), d);
                        store(d, dz.row(t) + at, count);
                    }
                    store(load(sums.address() + at, count).add(d), sums.address() + at, count);
                }
            }
        }
    }

    static FloatVector apply(Activation activation, FloatVector x) {
        return switch (activation) {
            case NONE -> x;
            case RELU -> x.max(0f);
            case GELU -> gelu(x);
            case TANH -> Functions.tanh(x);
            case LOGISTIC -> Functions.logistic(x);
        };
    }

    private static FloatVector geluArgument(FloatVector x) {
        return x.mul(x).fma(Vectors.broadcast(GELU_CUBIC), Vectors.broadcast(GELU_LINEAR)).mul(x);
    }

    static FloatVector derivative(Activation activation, FloatVector x, FloatVector d) {
        return switch (activation) {
            case NONE -> d;
            case RELU -> Vectors.zero().blend(d, x.compare(VectorOperators.GT, 0f));
            case GELU -> {
                var s = Functions.logistic(geluArgument(x));
                var slope = x.mul(x).fma(Vectors.broadcast(3 * GELU_CUBIC), Vectors.broadcast(GELU_LINEAR));
                yield d.mul(x.mul(slope).mul(Vectors.broadcast(1f).sub(s)).fma(s, s));
            }
            case TANH -> d.mul(Vectors.broadcast(1f).sub(x.mul(x)));
            case LOGISTIC -> d.mul(x).mul(Vectors.broadcast(1f).sub(x));
        };
    }
}
