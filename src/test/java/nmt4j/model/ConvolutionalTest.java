package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nmt4j.config.ConvolutionalConfig;
import nmt4j.config.ModelConfig.TiedEmbeddings;
import nmt4j.data.Batch;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionalTest {
    private static final Batch BATCH =
            Batch.of(List.of(new int[] {4, 9, 7, 4, 6, 8, 10}, new int[] {5}, new int[] {10, 6, 4}),
                    List.of(new int[] {12, 4, 9}, new int[] {5, 6, 7, 8, 9}, new int[] {4, 4}));
    private static final float SMOOTHING = 0.1f;

    /// Kernels of one word, shorter and longer than the sentences.
    static Stream<ConvolutionalConfig> models() {
        return Stream.of(model(1, 1, 3, TiedEmbeddings.NONE, 0), model(2, 2, 3, TiedEmbeddings.ALL, 0),
                model(1, 2, 7, TiedEmbeddings.OUTPUT, 0), model(2, 1, 1, TiedEmbeddings.NONE, 0));
    }

    private static ConvolutionalConfig model(int encoderLayers, int decoderLayers, int width, TiedEmbeddings tied,
            double dropout) {
        return new ConvolutionalConfig(17, 22, encoderLayers, decoderLayers, width, 11, tied,
                new ConvolutionalConfig.Dropout(dropout, dropout));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theGradientOfEachParameterIsTheSlopeOfTheLoss(ConvolutionalConfig config) {
        try (var parallel = new Parallel(2); var model = unscaled(model(config)); var tape = Tape.training(parallel);
                var forward = Tape.inference(parallel)) {
            tape.begin(1);
            model.train(tape, BATCH, SMOOTHING, 1);
            var slope = new LossSlope(model, BATCH, SMOOTHING, forward);
            for (var p : model.parameters().all()) {
                assertTrue(p.hasGradient(), p.name());
                double worst = slope.relativeError(p);
                assertTrue(worst < 2e-2, p.name() + ": " + worst);
            }
        }
    }

    @Test
    void theGradientThatComesToTheEncodersLayersIsDividedByTwiceTheAttentions() {
        var config = model(2, 2, 3, TiedEmbeddings.NONE, 0);
        try (var parallel = new Parallel(1); var scaled = model(config); var unscaled = unscaled(model(config));
                var tape = Tape.training(parallel)) {
            tape.begin(1);
            scaled.train(tape, BATCH, SMOOTHING, 1);
            tape.begin(1);
            unscaled.train(tape, BATCH, SMOOTHING, 1);
            for (var name : List.of("encoder.layers.0.convolution.length", "encoder.output.direction",
                    "encoder.input.bias")) {
                var expected = unscaled.parameters().get(name).gradient().toArray();
                for (int i = 0; i < expected.length; i++) expected[i] /= 4;
                assertArrayEquals(expected, scaled.parameters().get(name).gradient().toArray(), 1e-6f, name);
            }
            assertArrayEquals(unscaled.parameters().get("decoder.input.direction").gradient().toArray(),
                    scaled.parameters().get("decoder.input.direction").gradient().toArray());
        }
    }

    /// The same model, whose encoder gets its whole gradient: that of the loss.
    private static TranslationModel unscaled(TranslationModel model) {
        var e = (ConvolutionalEncoder) model.encoder();
        return new TranslationModel(model.parameters(),
                new ConvolutionalEncoder(e.embedding(), e.input(), e.layers(), e.width(), e.output(), 1),
                model.decoder(), model.output());
    }

    @ParameterizedTest
    @MethodSource("models")
    void stepByStepIsTeacherForcingAndABatchIsItsSentences(ConvolutionalConfig config) {
        try (var parallel = new Parallel(2); var model = model(config); var tape = Tape.inference(parallel);
                var step = Tape.inference(parallel)) {
            tape.begin(1);
            var together = model.decoder()
                    .decode(tape, model.encoder().encode(tape, BATCH.source()), BATCH.targetInput()).value();
            for (int i = 0; i < BATCH.size(); i++) {
                var tokens = BATCH.targetInput().sentence(i);
                var outputs = steps(model, tape, step, BATCH.source().sentence(i), tokens);
                for (int t = 0; t < tokens.length; t++) {
                    int row = BATCH.targetInput().offsets()[i] + t;
                    assertArrayEquals(together.rows(row, row + 1).toArray(), outputs.get(t),
                            "sentence " + i + ", step " + t);
                }
            }
        }
    }

    /// The outputs of one sentence, decoded alone.
    private static List<float[]> steps(TranslationModel model, Tape tape, Tape step, int[] source, int[] tokens) {
        var state = model.start(tape, PackedSentences.of(List.of(source)));
        var outputs = new ArrayList<float[]>();
        for (int token : tokens) {
            step.begin(1);
            var done = state.step(step, new int[] {token}, AttentionListener.NONE);
            outputs.add(done.output().value().toArray());
            state = done.state();
        }
        return outputs;
    }

    @ParameterizedTest
    @MethodSource("models")
    void theFutureDoesNotLeak(ConvolutionalConfig config) {
        try (var parallel = new Parallel(2); var model = model(config); var tape = Tape.inference(parallel)) {
            tape.begin(1);
            var encoded = model.encoder().encode(tape, PackedSentences.of(List.of(new int[] {4, 9, 7, 3})));
            var one = model.decoder().decode(tape, encoded, PackedSentences.of(List.of(new int[] {2, 5, 6, 7, 8})))
                    .value();
            var other = model.decoder().decode(tape, encoded, PackedSentences.of(List.of(new int[] {2, 5, 6, 9, 4})))
                    .value();
            assertArrayEquals(one.rows(0, 3).toArray(), other.rows(0, 3).toArray());
            assertNotEquals(Arrays.toString(one.rows(3, 4).toArray()), Arrays.toString(other.rows(3, 4).toArray()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aBeamThatIsReorderedGoesOnFromItsRows(ConvolutionalConfig config) {
        try (var parallel = new Parallel(2); var model = model(config); var tape = Tape.inference(parallel);
                var step = Tape.inference(parallel)) {
            tape.begin(1);
            step.begin(1);
            var state = model.start(tape, BATCH.source())
                    .step(step, new int[] {2, 2, 2}, AttentionListener.NONE).state()
                    .step(step, new int[] {8, 9, 4}, AttentionListener.NONE).state();
            var straight = state.step(step, new int[] {5, 6, 7}, AttentionListener.NONE).output().value();
            int[] from = {2, 0, 2};
            var turned = state.select(from).step(step, new int[] {7, 5, 7}, AttentionListener.NONE).output().value();
            for (int row = 0; row < 3; row++)
                assertArrayEquals(straight.rows(from[row], from[row] + 1).toArray(),
                        turned.rows(row, row + 1).toArray());
        }
    }

    @Test
    void eachLayerShowsItsAttentionWeightsWhichSumTo1() {
        try (var parallel = new Parallel(1); var model = model(model(1, 2, 3, TiedEmbeddings.NONE, 0));
                var tape = Tape.inference(parallel); var step = Tape.inference(parallel)) {
            tape.begin(1);
            step.begin(1);
            var shown = new float[2][3][];
            model.start(tape, BATCH.source()).step(step, new int[] {2, 2, 2},
                    (layer, head, row, weights) -> shown[layer][row] = weights);
            for (var layer : shown)
                for (int row = 0; row < 3; row++) {
                    assertEquals(BATCH.source().length(row), layer[row].length);
                    double sum = 0;
                    for (float weight : layer[row]) sum += weight;
                    assertEquals(1, sum, 1e-5);
                }
        }
    }

    @Test
    void oneThreadAndThreeGiveTheSameGradient() {
        var config = model(2, 2, 3, TiedEmbeddings.ALL, 0.3);
        assertArrayEquals(gradient(config, 1), gradient(config, 3));
    }

    private static float[] gradient(ConvolutionalConfig config, int threads) {
        try (var parallel = new Parallel(threads); var model = model(config); var tape = Tape.training(parallel)) {
            tape.begin(1);
            model.train(tape, BATCH, SMOOTHING, 1);
            return model.parameters().gradients().toArray();
        }
    }

    private static TranslationModel model(ConvolutionalConfig config) {
        var model = ModelFactory.declare(config, 13, 13);
        model.parameters().allocate(true);
        model.parameters().initialize(3);
        return model;
    }
}
