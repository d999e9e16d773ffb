package nmt4j.tensor;

import java.util.function.LongToDoubleFunction;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Randomness;

/// How a parameter begins.
@FunctionalInterface
public interface Initializer {
    /// @param key  of the random numbers
    void fill(Matrix value, long key);

    Initializer ZERO = (value, _) -> value.fill(0);
    Initializer ONE = (value, _) -> value.fill(1);

    static Initializer constant(double x) {
        return (value, _) -> value.fill((float) x);
    }

    /// Uniform in ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010, eq. 16).
    static Initializer xavier(int fanIn, int fanOut) {
        return uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
    }

    /// Uniform in [−bound, bound).
    static Initializer uniform(double bound) {
        return (value, key) -> each(value, i -> bound * (2 * Randomness.uniform(key, i) - 1));
    }

    /// Normal with mean 0.
    static Initializer normal(double deviation) {
        return (value, key) -> each(value, i -> deviation * Randomness.normal(key, i));
    }

    /// Square blocks side by side, each a random orthogonal matrix (Saxe, McClelland & Ganguli 2014): the rows of a normal
    /// one, each freed of its parts along those before it (Gram & Schmidt).
    static Initializer orthogonal() {
        return (value, key) -> {
            int n = value.rows();
            for (int block = 0; block < value.columns() / n; block++) {
                var rows = new double[n][n];
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++)
                        rows[i][j] = Randomness.normal(Randomness.key(key, block), (long) i * n + j);
                    for (int k = 0; k < i; k++) subtract(rows[i], rows[k], dot(rows[i], rows[k]));
                    double length = Math.sqrt(dot(rows[i], rows[i]));
                    for (int j = 0; j < n; j++) value.set(i, block * n + j, (float) (rows[i][j] /= length));
                }
            }
        };
    }

    /// Square blocks side by side, each the identity.
    static Initializer identity() {
        return (value, _) -> {
            value.fill(0);
            for (int j = 0; j < value.columns(); j++) value.set(j % value.rows(), j, 1);
        };
    }

    /// Square blocks side by side, each by itself uniform as `xavier` has it.
    static Initializer xavierBlocks() {
        return (value, key) -> xavier(value.rows(), value.rows()).fill(value, key);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static void subtract(double[] x, double[] y, double s) {
        for (int i = 0; i < x.length; i++) x[i] -= s * y[i];
    }

    private static void each(Matrix value, LongToDoubleFunction element) {
        for (int i = 0; i < value.rows(); i++)
            for (int j = 0; j < value.columns(); j++)
                value.set(i, j, (float) element.applyAsDouble((long) i * value.columns() + j));
    }
}
