package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

/// Bias, activation and dropout in one pass behind a product, and back; element (t, j) has the dropout index t · H + j.
public final class ActivationKernel {
    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private ActivationKernel() {}

    /// y = dropout(activation(z + bias)), in place if y is z. If the activation needs its input later, z keeps z + bias.
    ///
    /// @param z        [T, H]
    /// @param bias     [1, H]
    /// @param y        [T, H]
    /// @param dropout  none, unless the activation outlives it
    public static void forward(Activation activation, Matrix z, Matrix bias, Matrix y, Dropout dropout, int from,
            int to) {
        int n = z.columns();
        if (!hasScalars(activation, dropout) || WARM_UP.isOver((long) (to - from) * n))
            for (int t = from; t < to; t++) forward(activation, z.row(t), bias, y.row(t), dropout, t * n);
        else forwardScalars(activation, z, bias, y, from, to);
    }

    private static boolean hasScalars(Activation activation, Dropout dropout) {
        return dropout.isNone() && (activation == Activation.NONE || activation == Activation.RELU);
    }

    /// The same of those that have scalars, one number at a time: see `ScalarRows`.
    static void forwardScalars(Activation activation, Matrix z, Matrix bias, Matrix y, int from, int to) {
        var biases = ScalarRows.row(bias.address(), z.columns());
        for (int t = from; t < to; t++) {
            var row = ScalarRows.row(z.row(t), z.columns());
            ScalarRows.add(biases, row);
            if (activation == Activation.RELU) ScalarRows.relu(row);
            ScalarRows.store(row, y.row(t));
        }
    }

    /// The same of one row.
    ///
    /// @param first  the dropout index of its first element
    static void forward(Activation activation, long z, Matrix bias, long y, Dropout dropout, int first) {
        int n = bias.columns();
        long x = activation.needsInput() ? z : y;
        Elementwise.addTo(z, bias.address(), x, n);
        apply(activation, x, y, n);
        if (!dropout.isNone()) Elementwise.drop(y, y, n, dropout, first, false);
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

    /// dy becomes dz = dropout(dy) · activation'(x), and sums += dz.
    ///
    /// @param x     [T, H] input of the activation if it needs it, else y
    /// @param sums  [1, H]
    public static void backward(Activation activation, Matrix x, Matrix dy, Dropout dropout, Matrix sums, int from,
            int to) {
        int n = dy.columns();
        for (int t = from; t < to; t++) {
            long dz = dy.row(t);
            if (activation == Activation.RELU) { // what was dropped is 0 as what was negative
                if (!dropout.isNone()) Elementwise.scale(dz, n, dropout.scale());
            } else if (!dropout.isNone()) {
                Elementwise.drop(dz, dz, n, dropout, t * n, false);
            }
            ActivationSlope.apply(activation, x.row(t), dz, dz, n);
            Elementwise.add(dz, sums.address(), n);
        }
    }
}
