package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Function;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Randomness;
import org.junit.jupiter.api.Test;

/// Of more rows and columns than a tile has: what each tile reads and writes is in its place.
class Bfloat16ProductsTest {
    private static final int TOKENS = 301;
    private static final int INPUTS = 600;
    private static final int OUTPUTS = 130;
    /// Of a sum of hundreds of rounded products, relative to the largest of its kind.
    private static final double TOLERANCE = 0.02;

    @Test
    void aLinearLayerOfManyTilesIsThatOfFloat32() {
        assertAlike(tape -> linear(tape, INPUTS));
    }

    /// What is wider than 1,024 columns is not kept rounded.
    @Test
    void soIsOneOfManyInputs() {
        assertAlike(tape -> linear(tape, 1100));
    }

    @Test
    void anOutputLayerOfManyTilesIsThatOfFloat32() {
        assertAlike(tape -> crossEntropy(tape, INPUTS, TOKENS));
    }

    @Test
    void soIsOneOfSeveralChunksOfTokens() {
        assertAlike(tape -> crossEntropy(tape, 4100, 1032 + 700));
    }

    /// A gradient may be wanted between two passes forward, as truncated backpropagation does.
    @Test
    void aWeightThatIsReadForwardAfterBackwardIsTheSame() {
        try (var parallel = new Parallel(2); var tape = Tape.training(parallel).inBfloat16();
                var parameters = new Parameters()) {
            var weight = parameters.root().add("weight", INPUTS, OUTPUTS, Initializer.ZERO);
            var bias = parameters.root().add("bias", OUTPUTS, Initializer.ZERO);
            parameters.allocate(true);
            fill(weight.value(), 1);
            tape.begin(1);
            var first = pass(tape, weight, bias);
            weight.clearGradient();
            assertArrayEquals(first, pass(tape, weight, bias));
        }
    }

    /// What the first pass has read the second one prepares beforehand.
    @Test
    void aSecondPassReadsWhatTheWeightsAreThen() {
        try (var parallel = new Parallel(2); var tape = Tape.training(parallel).inBfloat16();
                var other = Tape.training(parallel).inBfloat16(); var parameters = new Parameters()) {
            var weight = parameters.root().add("weight", INPUTS, OUTPUTS, Initializer.ZERO);
            var bias = parameters.root().add("bias", OUTPUTS, Initializer.ZERO);
            parameters.allocate(true);
            fill(weight.value(), 1);
            tape.begin(1);
            pass(tape, weight, bias);
            tape.vacate();
            fill(weight.value(), 4);
            weight.clearGradient();
            tape.begin(2);
            var second = pass(tape, weight, bias);
            weight.clearGradient();
            other.begin(2);
            assertArrayEquals(pass(other, weight, bias), second);
        }
    }

    private static void assertAlike(Function<Tape, float[][]> pass) {
        float[][] exact;
        float[][] rounded;
        try (var parallel = new Parallel(2); var tape = Tape.training(parallel)) {
            exact = pass.apply(tape);
        }
        try (var parallel = new Parallel(2); var tape = Tape.training(parallel).inBfloat16()) {
            rounded = pass.apply(tape);
        }
        for (int n = 0; n < exact.length; n++) {
            float largest = 0;
            for (float x : exact[n]) largest = Math.max(largest, Math.abs(x));
            assertTrue(largest > 0, "all are 0: " + n);
            for (int i = 0; i < exact[n].length; i++) {
                double off = Math.abs(exact[n][i] - rounded[n][i]) / largest;
                assertTrue(off < TOLERANCE, "result " + n + ", element " + i + " is off by " + off);
            }
        }
    }

    /// @return  y, dx, dW
    private static float[][] linear(Tape tape, int inputs) {
        try (var parameters = new Parameters()) {
            var weight = parameters.root().add("weight", inputs, OUTPUTS, Initializer.ZERO);
            var bias = parameters.root().add("bias", OUTPUTS, Initializer.ZERO);
            parameters.allocate(true);
            fill(weight.value(), 1);
            tape.begin(1);
            return pass(tape, weight, bias);
        }
    }

    /// @return  y, dx, dW
    private static float[][] pass(Tape tape, Parameter weight, Parameter bias) {
        var x = tape.tensor(TOKENS, weight.rows());
        fill(x.value(), 2);
        var y = Operations.linear(x, weight, bias, Activation.NONE);
        var value = y.value().toArray();
        fill(y.receive().matrix(), 3);
        tape.backward();
        return new float[][] {value, x.gradient().toArray(), weight.gradient().toArray()};
    }

    /// @return  dh, dW, db
    private static float[][] crossEntropy(Tape tape, int vocabulary, int tokens) {
        try (var parameters = new Parameters()) {
            var weight = parameters.root().table("weight", vocabulary, OUTPUTS, Initializer.ZERO);
            var bias = parameters.root().add("bias", vocabulary, Initializer.ZERO);
            parameters.allocate(true);
            fill(weight.value(), 1);
            tape.begin(1);
            var h = tape.tensor(tokens, OUTPUTS);
            fill(h.value(), 2);
            var targets = new int[tokens];
            Arrays.setAll(targets, t -> t * 7 % vocabulary);
            CrossEntropy.apply(h, new CrossEntropy.Output(weight, bias), targets, 0.1f, 1);
            return new float[][] {h.gradient().toArray(), weight.gradient().toArray(), bias.gradient().toArray()};
        }
    }

    private static void fill(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) (0.1 * Randomness.normal(key, (long) i * x.columns() + j)));
    }
}
