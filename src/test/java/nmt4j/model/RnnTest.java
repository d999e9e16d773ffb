package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import nmt4j.tensor.CrossEntropy;
import nmt4j.tensor.CrossEntropy.Loss;
import nmt4j.tensor.Tape;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
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

    /// Chunk by chunk it is the gradient of all steps at once with cuts between them, masks of whole sentences included.
    @ParameterizedTest
    @MethodSource("recurrent")
    void chunksHaveTheGradientOfOneLoopWithCuts(Config config) {
        var json =
                ShippedConfigs.withoutDropout(config).toJson().replaceFirst("\"recurrent\": 0", "\"recurrent\": 0.3");
        var model = Config.parse(json, "with dropout of states").model();
        var random = new Random(5);
        var batch = Batch.of(sentences(random), sentences(random));
        try (var parallel = new Parallel(2); var chunked = SmallModel.of(model); var whole = SmallModel.of(model);
                var tape = Tape.training(parallel).truncating(3)) {
            tape.begin(1);
            var loss = chunked.train(tape, batch, 0.1f, 1);
            tape.begin(1);
            var expected = inOneLoop(tape, whole, batch);
            assertEquals(expected.loss(), loss.loss(), 1e-5 * expected.loss());
            assertEquals(expected.tokens(), loss.tokens());
            var gradient = whole.parameters().gradients().toArray();
            assertArrayEquals(gradient, chunked.parameters().gradients().toArray(), 1e-5f * largest(gradient));
        }
    }

    private static Loss inOneLoop(Tape tape, TranslationModel model, Batch batch) {
        var e = (RnnEncoder) model.encoder();
        var encoder = new RnnEncoder(e.embedding(), e.layers(), e.dropout(), e.residual(), e.reversed(), true);
        var states = model.decoder().decode(tape, encoder.encode(tape, batch.source()), batch.targetInput());
        var loss = CrossEntropy.apply(states, model.output().layer(), batch.targetOutput().tokens(), 0.1f, 1);
        tape.backward();
        return loss;
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void memoryOfADecoderDoesNotGrowWithItsSentence(Config config) {
        assertEquals(peak(config, 9, 40), peak(config, 9, 400));
    }

    @Test
    void memoryOfAnEncoderThatIsNotAttendedToDoesNotGrowWithItsSentence() {
        var config = ShippedConfigs.small().filter(named -> named.getName().equals("multi30k/lstm.json")).findFirst();
        assertEquals(peak(config.orElseThrow().getPayload(), 39, 9), peak(config.orElseThrow().getPayload(), 399, 9));
    }

    /// Bytes that the activations of a batch take at most, if a gradient goes back 10 steps.
    private static long peak(Config config, int sourceLength, int targetLength) {
        try (var parallel = new Parallel(1); var model = SmallModel.of(config.model());
                var tape = Tape.training(parallel).truncating(10)) {
            tape.begin(1);
            var targetLengths = new int[] {targetLength, targetLength, targetLength};
            model.train(tape, Batch.ofLengths(new int[] {sourceLength, sourceLength, sourceLength}, targetLengths), 0,
                    1);
            return tape.arena().peak();
        }
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
        assertArrayEquals(sum, gradient(model, 3, List.of(Batch.of(sources, targets))), 1e-5f * largest(sum));
    }

    private static float largest(float[] gradient) {
        float largest = 0;
        for (float g : gradient) largest = Math.max(largest, Math.abs(g));
        return largest;
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
