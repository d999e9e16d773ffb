package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import nmt4j.Failure;
import nmt4j.cli.Measured;
import nmt4j.config.Config;
import nmt4j.data.Batch;
import nmt4j.kernel.Parallel;
import nmt4j.model.ModelFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlanTest {
    private static final int VOCABULARY = 499;
    private static final long MEGABYTE = 1L << 20;

    private static Config config(String model) {
        return Config.parse(
                """
                {"data": {"train": [{"source": "a", "target": "b"}], "maxLength": 49},
                 "model": %s, "training": {"batch": {"size": 1000}, "truncatedBackpropagation": null}}"""
                        .formatted(model),
                "test.json");
    }

    /// Sentences of at most 29 subwords, longest target first, as a bucket of alike ones is.
    private static Batch batch(int sentences) {
        var random = new Random(sentences);
        return Batch.ofLengths(random.ints(sentences, 20, 30).toArray(),
                random.ints(sentences, 20, 30).map(n -> -n).sorted().map(n -> -n).toArray());
    }

    /// Smaller batches come first, as in training; then its memory is no longer in one piece.
    @ParameterizedTest
    @ValueSource(strings = {
            """
                    {"type": "transformer", "modelSize": 96, "feedForwardSize": 384, "encoderLayers": 2, "decoderLayers": 2}""",
            """
                    {"type": "rnn", "cell": "lstm", "embeddingSize": 128, "modelSize": 192, "context": {"type": "luong"}}""",
            """
                    {"type": "rnn", "cell": "gru", "embeddingSize": 128, "modelSize": 192, "context": {"type": "bahdanau"}}""",
            """
                    {"type": "convolutional", "embeddingSize": 96, "modelSize": 96, "encoderLayers": 3, "decoderLayers": 3}"""})
    void activationsTakeWhatWasPlannedWithinATenth(String family) {
        var config = config(family);
        var plan = assertTakesWhatWasPlanned(config, List.of(batch(7), batch(31), batch(40), batch(23)));
        try (var model = ModelFactory.declare(config.model(), VOCABULARY, VOCABULARY)) {
            model.parameters().allocate(true);
            assertEquals(model.parameters().values().size() * Float.BYTES, plan.weights());
            assertEquals(plan.weights(), plan.gradients());
            assertEquals(2 * plan.weights(), plan.optimizer());
        }
    }

    /// In bfloat16 the feed-forward network has memory for each thread.
    @Test
    void inBfloat16ActivationsTakeWhatWasPlannedWithinATenth() {
        var config = Config.parse(
                """
                {"data": {"train": [{"source": "a", "target": "b"}], "maxLength": 49},
                 "model": {"type": "transformer", "modelSize": 96, "feedForwardSize": 1024, "encoderLayers": 2, "decoderLayers": 2},
                 "training": {"batch": {"size": 1000}, "precision": "bfloat16"}}""",
                "test.json");
        assertTakesWhatWasPlanned(config, List.of(batch(40)));
    }

    /// @param batches  of which that of 40 sentences is the largest
    private static MemoryPlan assertTakesWhatWasPlanned(Config config, List<Batch> batches) {
        var plan = plan(config, batch(40));
        assertTrue(plan.activations() > 20 * MEGABYTE, plan + ": too small to tell anything");
        try (var parallel = new Parallel(Parallel.cores());
                var model = ModelFactory.declare(config.model(), VOCABULARY, VOCABULARY)) {
            model.parameters().allocate(true);
            model.parameters().initialize(1);
            try (var step = new Step(model, config.training(), 1, parallel)) {
                int update = 0;
                for (var batch : batches) step.run(() -> batch, ++update, 1e-3);
                assertEquals(1, (double) step.tapeBytes() / plan.activations(), 0.1,
                        plan + ", took " + step.tapeBytes());
            }
        }
        return plan;
    }

    @Test
    void aLargerBatchTakesMore() {
        var config = config("{\"type\": \"transformer\"}");
        assertTrue(plan(config, batch(10)).activations() < plan(config, batch(100)).activations());
    }

    /// Gradients of which operations cover a part are cleared; not so in a plan.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"type\": \"rnn\", \"cell\": \"lstm\", \"embeddingSize\": 65536, \"modelSize\": 512} | 499",
            "{\"type\": \"transformer\", \"modelSize\": 512} | 500000"})
    void whatIsPlannedIsNotWritten(String family, int vocabulary) throws IOException {
        long before = Measured.peakMebibytes();
        var plan = MemoryPlan.of(config(family), vocabulary, vocabulary, List.of(batch(4)));
        assertTrue(plan.weights() > 1000 * MEGABYTE, plan::toString);
        assertTrue(Measured.peakMebibytes() < before + 300, () -> plan + ", peak before " + before);
    }

    private static MemoryPlan plan(Config config, Batch batch) {
        return MemoryPlan.of(config, VOCABULARY, VOCABULARY, List.of(batch));
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheKeyToChange() {
        var plan = new MemoryPlan(100 * MEGABYTE, 100 * MEGABYTE, 200 * MEGABYTE, 1000 * MEGABYTE);
        plan.requireFits(plan.total());
        var batch = assertThrows(Failure.class, () -> plan.requireFits(plan.total() - 1));
        assertEquals(Failure.Kind.MACHINE, batch.kind());
        assertEquals(
                "training takes 1,700 MB: weights 100, gradients 100, optimizer 200, activations of the largest batch"
                        + " 1,000, Java 300, but this process may use 1,699 MB: lower training.batch.size (and raise"
                        + " training.accumulation)",
                batch.getMessage());
        var model = assertThrows(Failure.class, () -> plan.requireFits(600 * MEGABYTE));
        assertTrue(model.getMessage().endsWith("lower model.modelSize"), model.getMessage());
    }

    /// A decoder that takes ten steps at once has as many rows as sentences of ten steps have tokens.
    @Test
    void whereAGradientGoesBackAFewStepsABatchHasSentencesOfThatLength() {
        var config = Config.parse(config("{\"type\": \"rnn\"}").toJson()
                .replace("\"truncatedBackpropagation\": null", "\"truncatedBackpropagation\": 9"), "test.json");
        assertEquals(List.of(40, 20, 100), MemoryPlan.largestBatches(config).stream().map(Batch::size).toList());
    }

    @Test
    void theLargestBatchesFillTheBudgetWithSentencesOfAnyLength() {
        var batches = MemoryPlan.largestBatches(config("{\"type\": \"transformer\"}"));
        assertEquals(List.of(40, 20), batches.stream().map(Batch::size).toList());
        assertEquals(List.of(1000, 1000), batches.stream().map(Batch::targetTokens).toList());
    }
}
