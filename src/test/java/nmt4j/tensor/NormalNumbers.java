package nmt4j.tensor;

import nmt4j.kernel.Matrix;
import nmt4j.kernel.Randomness;

/// Normally distributed numbers, a function of a key.
final class NormalNumbers {
    private NormalNumbers() {}

    static Tensor tensor(Tape tape, int rows, int columns, int key) {
        var x = tape.tensor(rows, columns);
        fill(x.value(), key);
        return x;
    }

    static void fill(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
    }
}
