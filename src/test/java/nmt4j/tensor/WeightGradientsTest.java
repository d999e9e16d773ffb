package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightGradientsTest {
    private static final int TOKENS = 301;
    private static final int SIZE = 40;

    /// As many layers as are postponed at once, and more, with one weight.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aWeightOfSeveralLayersHasTheSumOfTheirGradients(int threads) {
        try (var parallel = new Parallel(threads);
                var tape = Tape.training(parallel);
                var parameters = new Parameters()) {
            var weights = new ArrayList<Parameter>();
            for (int i = 0; i < 9; i++)
                weights.add(parameters.root().add("weight" + i, SIZE, SIZE, Initializer.uniform(0.2)));
            var bias = parameters.root().add("bias", SIZE, Initializer.uniform(0.2));
            parameters.allocate(true);
            parameters.initialize(1);
            for (var weight : weights)
                for (int i = 0; i < SIZE; i++)
                    for (int j = 0; j < SIZE; j++) weight.value().set(i, j, weights.getFirst().value().get(i, j));

            pass(tape, parameters, weights, bias);
            var sum = new float[SIZE * SIZE];
            for (var weight : weights.reversed()) {
                var part = weight.gradient().toArray();
                for (int i = 0; i < sum.length; i++) sum[i] += part[i];
            }
            pass(tape, parameters, weights.stream().map(_ -> weights.getFirst()).toList(), bias);
            assertArrayEquals(sum, weights.getFirst().gradient().toArray(), 1e-5f);
        }
    }

    private static void pass(Tape tape, Parameters parameters, List<Parameter> weights, Parameter bias) {
        parameters.clearGradients();
        tape.begin(1);
        var x = tape.tensor(TOKENS, SIZE);
        NormalNumbers.fill(x.value(), 7);
        var y = x;
        for (var weight : weights) y = Operations.linear(y, weight, bias, Activation.TANH);
        NormalNumbers.fill(y.receive().matrix(), 8);
        tape.backward();
    }

    @Test
    void whatTheyReadIsHeldUntilTheyAreDone() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel)) {
            var gradients = tape.weightGradients();
            var read = tape.matrix(12, SIZE);
            var gradient = new Gradient(tape.matrix(12, SIZE), false);
            gradients.postpone("test", 1, _ -> {
            }, List.of(gradient), read);
            tape.release(read);
            assertNotEquals(read.address(), tape.matrix(12, SIZE).address());
            gradients.finish(gradient.matrix());
            assertEquals(read.address(), tape.matrix(12, SIZE).address());
        }
    }

    @Test
    void onlyThoseOfAFewOperationsAreHeld() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel)) {
            for (int i = 0; i < 100; i++) {
                var read = tape.matrix(12, SIZE);
                tape.weightGradients().postpone("test", 1, _ -> {
                }, List.of(new Gradient(new Matrix(i, 12, SIZE), false)), read);
                tape.release(read);
            }
            assertEquals(7L * 12 * SIZE * Float.BYTES, tape.arena().peak());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPassThatFailedIsNoPartOfTheNext(int threads) {
        try (var parallel = new Parallel(threads); var tape = Tape.training(parallel)) {
            tape.begin(1);
            var gradient = new Gradient(tape.matrix(12, SIZE), false);
            tape.weightGradients().postpone("failing", 8, _ -> {
                throw new IllegalStateException("a tile");
            }, List.of(gradient), tape.matrix(12, SIZE));
            tape.begin(2);
            tape.backward();
            tape.weightGradients().postpone("failing", 8, _ -> {
                throw new IllegalStateException("a tile");
            }, List.of(gradient), tape.matrix(12, SIZE));
            assertThrows(IllegalStateException.class, tape::backward);
        }
    }
}
