package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import nmt4j.ShippedConfigs;
import nmt4j.config.Config;
import nmt4j.config.ModelConfig;
import nmt4j.config.RnnConfig;
import nmt4j.data.Batch;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole recurrent models: truncated backpropagation, which is in `TruncationTest` cell by cell, and batches of many sentences.
class RnnTest {
    private static final int LONGEST = 8; // of the batch, `</s>` counted
    private static final int MANY = 108;

    static Stream<Named<Config>> recurrent() {
        return ShippedConfigs.small().filter(config -> config.getPayload().model() instanceof RnnConfig);
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void truncationAtTheLongestSentenceIsNone(Config config) {
        var full = gradient(config, Integer.MAX_VALUE);
        assertArrayEquals(full, gradient(config, LONGEST));
        assertFalse(Arrays.equals(full, gradient(config, 2)));
    }

    /// Many sentences are several parts of places, on several cores; a few are one.
    @ParameterizedTest
    @MethodSource("recurrent")
    void theGradientOfManySentencesIsTheSumOfThatOfAFew(Config config) {
        var random = new Random(4);
        var sources = sentences(random);
        var targets = sentences(random);
        var few = new ArrayList<Batch>();
        for (int i = 0; i < MANY; i += MANY / 9)
            few.add(Batch.of(sources.subList(i, i + MANY / 9), targets.subList(i, i + MANY / 9)));
        var model = ShippedConfigs.withoutDropout(config).model();
        var sum = gradient(model, 1, few);
        double largest = 0;
        for (float g : sum) largest = Math.max(largest, Math.abs(g));
        assertArrayEquals(sum, gradient(model, 3, List.of(Batch.of(sources, targets))), (float) (1e-5 * largest));
    }

    private static List<int[]> sentences(Random random) {
        return Stream.generate(() -> random.ints(1 + random.nextInt(9), 4, 13).toArray()).limit(MANY).toList();
    }

    private static float[] gradient(ModelConfig config, int threads, List<Batch> batches) {
        try (var parallel = new Parallel(threads); var model = SmallModel.of(config);
                var tape = Tape.training(parallel)) {
            for (var batch : batches) {
                tape.begin(1);
                model.train(tape, batch, 0.1f, 1);
            }
            return model.parameters().gradients().toArray();
        }
    }

    private static float[] gradient(Config config, int truncation) {
        try (var parallel = new Parallel(1); var model = SmallModel.of(config.model());
                var tape = Tape.training(parallel).truncating(truncation)) {
            tape.begin(1);
            model.train(tape, SmallModel.BATCH, 0.1f, 1);
            return model.parameters().gradients().toArray();
        }
    }
}
