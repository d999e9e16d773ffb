package nmt4j.tensor;

import nmt4j.kernel.Matrix;
import nmt4j.kernel.Randomness;

/// How a parameter begins.
@FunctionalInterface
public interface Initializer {
    /// @param key  of the random numbers
    void fill(Matrix value, long key);

    Initializer ZERO = (value, key) -> value.fill(0);
    Initializer ONE = (value, key) -> value.fill(1);

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

    private static void each(Matrix value, java.util.function.LongToDoubleFunction element) {
        for (int i = 0; i < value.rows(); i++)
            for (int j = 0; j < value.columns(); j++)
                value.set(i, j, (float) element.applyAsDouble((long) i * value.columns() + j));
    }
}
