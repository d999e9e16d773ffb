package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.kernel.Activation;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Randomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationsTest {
    @Test
    void dropoutKeepsTheMeanAndTheBackwardPassHasItsMask() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel)) {
            tape.begin(3);
            var x = tape.tensor(100, 101);
            x.value().fill(1);
            var y = Operations.dropout(x, 0.3f);
            var kept = y.value().toArray();
            double mean = 0;
            for (float v : kept) {
                assertTrue(v == 0 || Math.abs(v - 1 / 0.7f) < 1e-6, "a dropped or scaled 1: " + v);
                mean += v / kept.length;
            }
            assertEquals(1, mean, 0.03); // three standard deviations are 0.02
            y.receive().matrix().fill(1);
            tape.backward();
            assertArrayEquals(kept, x.gradient().toArray());
        }
    }

    /// In one pass behind the product it has the bits of an operation by itself, forward and backward.
    @ParameterizedTest
    @EnumSource(Activation.class)
    void aLinearLayerMayDropElementsOfItsOutput(Activation activation) {
        for (boolean isRounded : new boolean[] {false, true})
            try (var parallel = new Parallel(2);
                    var tape = isRounded ? Tape.training(parallel).inBfloat16() : Tape.training(parallel)) {
                        float[][] expected = pass(tape, (x, weight, bias) -> Operations
                                .dropout(Operations.linear(x, weight, bias, activation), 0.3f));
                        float[][] together =
                                pass(tape, (x, weight, bias) -> Operations.linear(x, weight, bias, activation, 0.3f));
                        int dropped = 0;
                        for (float y : expected[0]) if (y == 0) dropped++;
                        assertTrue(dropped > expected[0].length / 4, "dropped: " + dropped);
                        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], together[i]);
                    }
    }

    private interface Layer {
        Tensor apply(Tensor x, Parameter weight, Parameter bias);
    }

    /// Of more rows than a tile has.
    ///
    /// @return  y, dx, dW, db
    private static float[][] pass(Tape tape, Layer layer) {
        try (var parameters = new Parameters()) {
            var weight = parameters.root().add("weight", 40, 70, Initializer.xavier(40, 70));
            var bias = parameters.root().add("bias", 70, Initializer.ZERO);
            parameters.allocate(true);
            parameters.initialize(1);
            tape.begin(1);
            var x = tape.tensor(301, 40);
            fill(x.value(), 2);
            var y = layer.apply(x, weight, bias);
            var value = y.value().toArray();
            fill(y.receive().matrix(), 3);
            tape.backward();
            return new float[][] {value, x.gradient().toArray(), weight.gradient().toArray(),
                    bias.gradient().toArray()};
        }
    }

    private static void fill(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
    }
}
