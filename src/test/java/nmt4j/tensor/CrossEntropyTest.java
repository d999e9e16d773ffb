package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest {
    /// Of two chunks of tokens, the last one smaller, and neither of whole tiles.
    private static final int TOKENS = 1032 + 701;
    private static final int VOCABULARY = 4100;
    private static final int SIZE = 8;

    /// Without weights each word has the same probability: what the loss wants of its bias is T / V − occurrences.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBiasHasTheGradientOfAllTokens(boolean isRounded) {
        try (var parallel = new Parallel(2);
                var tape = isRounded ? Tape.training(parallel).inBfloat16() : Tape.training(parallel);
                var parameters = new Parameters()) {
            var output = new CrossEntropy.Output(
                    parameters.root().add("weight", VOCABULARY, SIZE, Initializer.ZERO),
                    parameters.root().add("bias", VOCABULARY, Initializer.ZERO));
            parameters.allocate(true);
            var targets = new Random(1).ints(TOKENS, 0, VOCABULARY).toArray();
            tape.begin(1);
            var used = tape.arena().matrix(TOKENS, 2 * VOCABULARY);
            used.fill(Float.NaN);
            tape.arena().release(used);
            var h = tape.tensor(TOKENS, SIZE);
            h.value().fill(1);
            CrossEntropy.apply(h, output, targets, 0, 1);
            var expected = new double[VOCABULARY];
            for (int v = 0; v < VOCABULARY; v++) expected[v] = (double) TOKENS / VOCABULARY;
            for (int target : targets) expected[target]--;
            for (int v = 0; v < VOCABULARY; v++)
                assertEquals(expected[v], output.bias().gradient().get(0, v), 1e-4, "word " + v);
        }
    }
}
