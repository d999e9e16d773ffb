package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

/// Bias and activation in one pass behind a product, and back.
public final class ActivationKernel {
    private static final int BYTES = Float.BYTES;

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
    static void apply(Activation activation, long x, long y, int n) {
        switch (activation) {
            case NONE -> {
            }
            case RELU -> relu(x, y, n);
            case GELU -> gelu(x, y, n);
            case TANH -> Elementwise.tanh(x, y, n);
            case LOGISTIC -> Elementwise.logistic(x, y, n);
        }
    }

    private static void relu(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES)
            store(Vectors.atLeast(load(x + (long) i * BYTES), 0), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(Vectors.atLeast(load(x + at, n - end), 0), y + at, n - end);
    }

    private static void gelu(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) store(Functions.gelu(load(x + (long) i * BYTES)), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(Functions.gelu(load(x + at, n - end)), y + at, n - end);
    }

    /// dz = dy · activation'(x), in place if dz is dy; and the sum of dz over these rows.
    ///
    /// @param x     [T, H] input of the activation if it needs it, else its output
    /// @param sums  [1, H]
    public static void backward(Activation activation, Matrix x, Matrix dy, Matrix dz, Matrix sums, int from, int to) {
        int n = dy.columns();
        sums.fill(0);
        for (int t = from; t < to; t++) {
            ActivationSlope.apply(activation, x.row(t), dy.row(t), dz.row(t), n);
            Elementwise.add(activation == Activation.NONE ? dy.row(t) : dz.row(t), sums.address(), n);
        }
    }
}
