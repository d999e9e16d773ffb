package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.kernel.Activation;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Randomness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoLayersTest {
    /// More than two tiles have, and no whole group.
    private static final int TOKENS = 301;
    private static final int SIZE = 40;
    private static final float DROPOUT = 0.3f;

    private interface Layers {
        Tensor apply(Tensor x, TwoLayers.Weights weights);
    }

    /// Where they are one operation they have the bits of two, but for b₁'s gradient, whose sums have other tiles; of hidden
    /// numbers that are not whole vectors, and that are more than are otherwise kept rounded. Memory that was used before is not 0.
    @ParameterizedTest
    @CsvSource({"70, RELU", "1100, RELU", "70, GELU"})
    void areALinearLayerAfterTheOther(int hidden, Activation activation) {
        for (boolean isRounded : new boolean[] {false, true}) {
            var expected = pass(isRounded, hidden, (x, w) -> {
                var h = Operations.linear(x, w.inner(), w.innerBias(), activation, DROPOUT);
                return Operations.linear(h, w.outer(), w.outerBias(), Activation.NONE);
            });
            var together = pass(isRounded, hidden, (x, w) -> TwoLayers.apply(x, w, activation, DROPOUT));
            int last = expected.length - 1;
            for (int i = 0; i < last; i++) assertArrayEquals(expected[i], together[i], "result " + i);
            assertArrayEquals(expected[last], together[last], 1e-4f * largest(expected[last]));
        }
    }

    private static float largest(float[] x) {
        float largest = 0;
        for (float v : x) largest = Math.max(largest, Math.abs(v));
        assertTrue(largest > 0, "all are 0");
        return largest;
    }

    /// @return  x + y, dx, dW₁, dW₂, db₂, db₁
    private static float[][] pass(boolean isRounded, int hidden, Layers layers) {
        try (var parallel = new Parallel(2);
                var tape = isRounded ? Tape.training(parallel).inBfloat16() : Tape.training(parallel);
                var parameters = new Parameters()) {
            var scope = parameters.root();
            var weights = new TwoLayers.Weights(
                    scope.add("inner", SIZE, hidden, Initializer.xavier(SIZE, hidden)),
                    scope.add("innerBias", hidden, Initializer.uniform(0.1)),
                    scope.add("outer", hidden, SIZE, Initializer.xavier(hidden, SIZE)),
                    scope.add("outerBias", SIZE, Initializer.uniform(0.1)));
            parameters.allocate(true);
            parameters.initialize(1);
            tape.begin(1);
            var used = tape.arena().matrix(4 * TOKENS, hidden);
            used.fill(Float.NaN);
            tape.arena().release(used);
            var x = tape.tensor(TOKENS, SIZE);
            fill(x.value(), 2);
            var y = Operations.addDropped(x, layers.apply(x, weights), 0);
            var value = y.value().toArray();
            fill(y.receive().matrix(), 3);
            tape.backward();
            return new float[][] {value, x.gradient().toArray(), weights.inner().gradient().toArray(),
                    weights.outer().gradient().toArray(), weights.outerBias().gradient().toArray(),
                    weights.innerBias().gradient().toArray()};
        }
    }

    private static void fill(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
    }
}
