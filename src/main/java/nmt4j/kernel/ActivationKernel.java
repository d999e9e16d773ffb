package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
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
            for (int i = 0; i < n; i += LANES) {
                long at = (long) i * BYTES;
                int count = Math.min(LANES, n - i);
                if (count == LANES) {
                    var x = load(z.row(t) + at).add(load(bias.address() + at));
                    if (activation.needsInput()) store(x, z.row(t) + at);
                    store(apply(activation, x), y.row(t) + at);
                } else {
                    var x = load(z.row(t) + at, count).add(load(bias.address() + at, count));
                    if (activation.needsInput()) store(x, z.row(t) + at, count);
                    store(apply(activation, x), y.row(t) + at, count);
                }
            }
        }
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
            case GELU -> x.mul(Functions.logistic(geluArgument(x)));
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
