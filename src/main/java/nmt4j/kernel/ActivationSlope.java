package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.put;

import jdk.incubator.vector.VectorOperators;

/// dz = dy · activation'(x) for a row, in place if dz is dy; nothing where there is no activation. x is its input if it needs
/// that, else its output.
final class ActivationSlope {
    private static final int BYTES = Float.BYTES;

    private ActivationSlope() {}

    static void apply(Activation activation, long x, long dy, long dz, int n) {
        switch (activation) {
            case NONE -> {
            }
            case RELU -> relu(x, dy, dz, n);
            case GELU -> gelu(x, dy, dz, n);
            case TANH -> tanh(x, dy, dz, n);
            case LOGISTIC -> logistic(x, dy, dz, n);
        }
    }

    private static void relu(long x, long dy, long dz, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) reluAt(x, dy, dz, i, LANES);
        if (end < n) reluAt(x, dy, dz, end, n - end);
    }

    private static void reluAt(long x, long dy, long dz, int i, int count) {
        long at = (long) i * BYTES;
        var positive = get(x + at, count).compare(VectorOperators.GT, 0f);
        put(Vectors.zero().blend(get(dy + at, count), positive), dz + at, count);
    }

    private static void tanh(long x, long dy, long dz, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) tanhAt(x, dy, dz, i, LANES);
        if (end < n) tanhAt(x, dy, dz, end, n - end);
    }

    private static void tanhAt(long x, long dy, long dz, int i, int count) {
        long at = (long) i * BYTES;
        var y = get(x + at, count);
        put(get(dy + at, count).mul(Vectors.broadcast(1f).sub(y.mul(y))), dz + at, count);
    }

    private static void logistic(long x, long dy, long dz, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) logisticAt(x, dy, dz, i, LANES);
        if (end < n) logisticAt(x, dy, dz, end, n - end);
    }

    private static void logisticAt(long x, long dy, long dz, int i, int count) {
        long at = (long) i * BYTES;
        var y = get(x + at, count);
        put(get(dy + at, count).mul(y).mul(Vectors.broadcast(1f).sub(y)), dz + at, count);
    }

    private static void gelu(long x, long dy, long dz, int n) {
        long s = Scratch.floats(n);
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) geluArgumentAt(x, s, i, LANES);
        if (end < n) geluArgumentAt(x, s, end, n - end);
        Elementwise.logistic(s, s, n);
        for (int i = 0; i < end; i += LANES) geluAt(x, s, dy, dz, i, LANES);
        if (end < n) geluAt(x, s, dy, dz, end, n - end);
    }

    private static void geluArgumentAt(long x, long y, int i, int count) {
        long at = (long) i * BYTES;
        put(Functions.geluArgument(get(x + at, count)), y + at, count);
    }

    private static void geluAt(long x, long s, long dy, long dz, int i, int count) {
        long at = (long) i * BYTES;
        var z = get(x + at, count);
        var gate = get(s + at, count);
        var slope = z.mul(z).fma(Vectors.broadcast(3 * Functions.GELU_CUBIC),
                Vectors.broadcast(Functions.GELU_LINEAR));
        put(get(dy + at, count).mul(z.mul(slope).mul(Vectors.broadcast(1f).sub(gate)).fma(gate, gate)), dz + at, count);
    }
}
