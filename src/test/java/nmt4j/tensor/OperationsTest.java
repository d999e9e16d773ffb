package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.kernel.Activation;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes are distinct primes, so that a transposition can not pass.
class OperationsTest {
    @ParameterizedTest
    @EnumSource(Activation.class)
    void linearAgreesWithItsFormula(Activation activation) {
        try (var check = new GradientCheck().tensor(13, 7).parameter(7, 11).parameter(1, 11)) {
            check.check((x, p) -> Operations.linear(x.getFirst(), p.get(0), p.get(1), activation),
                    x -> Oracles.linear(x[0], x[1], x[2], activation));
        }
    }

    @Test
    void linearAgreesWithItsFormulaOverSeveralTiles() {
        try (var check = new GradientCheck().tensor(211, 3).parameter(3, 5).parameter(1, 5)) {
            check.check((x, p) -> Operations.linear(x.getFirst(), p.get(0), p.get(1), Activation.TANH),
                    x -> Oracles.linear(x[0], x[1], x[2], Activation.TANH));
        }
    }

    @Test
    void layerNormAgreesWithItsFormula() {
        try (var check = new GradientCheck().tensor(7, 19).parameter(1, 19).parameter(1, 19)) {
            check.check((x, p) -> Operations.layerNorm(x.getFirst(), p.get(0), p.get(1)),
                    x -> Oracles.layerNorm(x[0], x[1], x[2]));
        }
    }

    @Test
    void aTensorThatIsUsedTwiceGetsBothGradients() {
        try (var check = new GradientCheck().tensor(5, 19).parameter(1, 19).parameter(1, 19)) {
            check.check((x, p) -> Operations.addDropped(x.getFirst(),
                    Operations.layerNorm(x.getFirst(), p.get(0), p.get(1)), 0), x -> {
                        var y = Oracles.layerNorm(x[0], x[1], x[2]);
                        for (int i = 0; i < y.length; i++) for (int j = 0; j < y[i].length; j++) y[i][j] += x[0][i][j];
                        return y;
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void selfAttentionAgreesWithItsFormula(boolean causal) {
        var sentences = Sentences.ofLengths(3, 1, 11, 2);
        var pattern = new Attention.Pattern(sentences, sentences, 2, causal, 0);
        try (var check = new GradientCheck().tensor(17, 3 * 14)) {
            check.check((x, p) -> Attention.self(x.getFirst(), pattern),
                    x -> Oracles.attention(Oracles.columns(x[0], 0, 14),
                            Oracles.columns(x[0], 14, 28), Oracles.columns(x[0], 28, 42), pattern));
        }
    }

    @Test
    void crossAttentionAgreesWithItsFormula() {
        var pattern = new Attention.Pattern(Sentences.ofLengths(5, 2), Sentences.ofLengths(3, 13), 2, false, 0);
        try (var check = new GradientCheck().tensor(7, 22).tensor(16, 44)) {
            check.check((x, p) -> Attention.cross(x.get(0), x.get(1), pattern), x -> Oracles.attention(x[0],
                    Oracles.columns(x[1], 0, 22), Oracles.columns(x[1], 22, 44), pattern));
        }
    }

    @Test
    void embeddingsAgreeWithTheirFormula() {
        int[] ids = {4, 0, 4, 2, 1, 4, 0};
        int[] positions = {0, 1, 2, 0, 1, 0, 1};
        try (var check = new GradientCheck().parameter(5, 11).parameter(3, 11)) {
            check.check((x, p) -> Embeddings.addPositions(Embeddings.lookup(check.tape(), p.get(0), ids, 3), p.get(1),
                    positions), x -> {
                        var y = new double[ids.length][11];
                        for (int t = 0; t < ids.length; t++)
                            for (int j = 0; j < 11; j++) y[t][j] = 3 * x[0][ids[t]][j] + x[1][positions[t]][j];
                        return y;
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f})
    void crossEntropyAgreesWithItsFormula(float smoothing) {
        int[] targets = {3, 0, 12, 7, 3};
        try (var check = new GradientCheck().tensor(5, 7).parameter(13, 7).parameter(1, 13)) {
            check.check((x, p) -> {
                var loss = CrossEntropy.apply(x.getFirst(), new CrossEntropy.Output(p.get(0), p.get(1)), targets,
                        smoothing, 1);
                return scalar(check, loss.loss());
            }, x -> Oracles.crossEntropy(x[0], x[1], x[2], targets, smoothing));
        }
    }

    /// The loss is not on the tape: its gradient is there already, for an upstream gradient of 1.
    private static Tensor scalar(GradientCheck check, double value) {
        var tensor = check.tape().tensor(1, 1);
        tensor.value().set(0, 0, (float) value);
        return tensor;
    }

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
}
