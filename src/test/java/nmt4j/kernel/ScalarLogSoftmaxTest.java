package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarLogSoftmaxTest {
    /// Whole vectors, parts of one, and rows shorter than one; logits so far apart that exp reaches its bounds.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 8_121})
    void hasTheBitsOfTheVectorCode(int size) {
        var logits = logits(size);
        try (var arena = new Arena()) {
            var vectors = arena.matrix(1, size);
            var scalars = arena.matrix(1, size);
            vectors.copyFrom(logits);
            scalars.copyFrom(logits);
            CrossEntropyKernel.logSoftmax(vectors.address(), size);
            ScalarLogSoftmax.run(scalars.address(), size);
            assertArrayEquals(vectors.toArray(), scalars.toArray());
            assertEquals(1, probability(scalars.toArray()), 1e-5);
        }
    }

    private static float[] logits(int size) {
        var random = new Random(size);
        var logits = new float[size];
        for (int i = 0; i < size; i++) logits[i] = (float) random.nextGaussian() * (i % 3 == 0 ? 60 : 3);
        return logits;
    }

    private static double probability(float[] logs) {
        double sum = 0;
        for (float log : logs) sum += Math.exp(log);
        return sum;
    }
}
