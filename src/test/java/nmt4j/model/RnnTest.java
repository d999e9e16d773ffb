package nmt4j.model;

import static nmt4j.config.RnnConfig.Cell.ELMAN;
import static nmt4j.config.RnnConfig.Cell.GRU;
import static nmt4j.config.RnnConfig.Cell.JORDAN;
import static nmt4j.config.RnnConfig.Cell.LSTM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nmt4j.config.ContextConfig;
import nmt4j.config.ModelConfig.TiedEmbeddings;
import nmt4j.config.OptimizerConfig;
import nmt4j.config.RnnConfig;
import nmt4j.config.RnnConfig.Bridge;
import nmt4j.config.RnnConfig.Cell;
import nmt4j.config.RnnConfig.CellActivation;
import nmt4j.config.RnnConfig.Readout;
import nmt4j.config.RnnConfig.RecurrentInitialization;
import nmt4j.data.Batch;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Parallel;
import nmt4j.optim.Optimizer;
import nmt4j.optim.Trainable;
import nmt4j.tensor.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Recurrent models of every cell, context, bridge and readout.
class RnnTest {
    private static final Batch BATCH =
            Batch.of(List.of(new int[] {4, 9, 7, 4, 6, 8, 10}, new int[] {5}, new int[] {10, 6, 4}),
                    List.of(new int[] {12, 4, 9}, new int[] {5, 6, 7, 8, 9}, new int[] {4, 4}));
    private static final float SMOOTHING = 0.1f;
    private static final RnnConfig.Dropout KEEP_ALL = new RnnConfig.Dropout(0, 0, 0, 0);
    private static final ContextConfig FEEDING = luong(ContextConfig.Score.GENERAL, true);

    static Stream<RnnConfig> models() {
        return Stream.of(
                model(LSTM, new ContextConfig.None(), 1, Bridge.LAST, Readout.TANH, TiedEmbeddings.NONE),
                model(GRU, new ContextConfig.Fixed(), 1, Bridge.TANH, Readout.MAXOUT, TiedEmbeddings.NONE),
                model(GRU, new ContextConfig.Bahdanau(), 2, Bridge.TANH, Readout.MAXOUT, TiedEmbeddings.OUTPUT),
                model(LSTM, new ContextConfig.Bahdanau(), 1, Bridge.ZERO, Readout.TANH, TiedEmbeddings.NONE),
                model(LSTM, luong(ContextConfig.Score.DOT, false), 2, Bridge.TANH, Readout.TANH, TiedEmbeddings.ALL),
                model(LSTM, FEEDING, 2, Bridge.TANH, Readout.TANH, TiedEmbeddings.NONE),
                model(JORDAN, luong(ContextConfig.Score.CONCAT, true), 1, Bridge.LAST, Readout.MAXOUT,
                        TiedEmbeddings.NONE),
                model(ELMAN, luong(ContextConfig.Score.CONCAT, false), 1, Bridge.TANH, Readout.TANH,
                        TiedEmbeddings.NONE),
                model(JORDAN, new ContextConfig.Fixed(), 2, Bridge.LAST, Readout.TANH, TiedEmbeddings.NONE));
    }

    private static ContextConfig luong(ContextConfig.Score score, boolean inputFeeding) {
        return new ContextConfig.Luong(score, inputFeeding);
    }

    /// Two layers are residual; one layer reads one way, from the end.
    private static RnnConfig model(Cell cell, ContextConfig context, int layers, Bridge bridge, Readout readout,
            TiedEmbeddings tied) {
        var activation = cell == ELMAN ? Optional.of(CellActivation.TANH) : Optional.<CellActivation>empty();
        boolean deep = layers > 1;
        return new RnnConfig(cell, activation, RecurrentInitialization.ORTHOGONAL, 17, 22, layers, layers,
                deep || cell == LSTM, !deep,
                deep, context, bridge, readout, tied, KEEP_ALL);
    }

    @ParameterizedTest
    @MethodSource("models")
    void theGradientOfEachParameterIsTheSlopeOfTheLoss(RnnConfig config) {
        try (var parallel = new Parallel(2); var model = model(config); var tape = Tape.training(parallel);
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

    @ParameterizedTest
    @MethodSource("models")
    void stepByStepIsTeacherForcingAndABatchIsItsSentences(RnnConfig config) {
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
    void aBeamThatIsReorderedGoesOnFromItsRows(RnnConfig config) {
        try (var parallel = new Parallel(2); var model = model(config); var tape = Tape.inference(parallel);
                var step = Tape.inference(parallel)) {
            tape.begin(1);
            step.begin(1);
            var state =
                    model.start(tape, BATCH.source()).step(step, new int[] {2, 2, 2}, AttentionListener.NONE).state();
            var straight = state.step(step, new int[] {5, 6, 7}, AttentionListener.NONE).output().value();
            var turned = state.select(new int[] {2, 0, 2}).step(step, new int[] {7, 5, 7}, AttentionListener.NONE)
                    .output().value();
            int[] from = {2, 0, 2};
            for (int row = 0; row < 3; row++)
                assertArrayEquals(straight.rows(from[row], from[row] + 1).toArray(),
                        turned.rows(row, row + 1).toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aFewSentencesAreLearntByHeart(RnnConfig config) {
        try (var parallel = new Parallel(1); var model = model(config); var tape = Tape.training(parallel)) {
            var trainable = new Trainable(model.parameters(), List.of(), parallel);
            double loss = Double.MAX_VALUE;
            try (var optimizer = Optimizer.of(new OptimizerConfig.Adam(0.9, 0.999, 1e-8), trainable)) {
                for (int update = 1; update <= 150; update++) {
                    model.parameters().clearGradients();
                    tape.begin(update);
                    loss = model.train(tape, BATCH, 0, 1f / BATCH.targetTokens()).perToken();
                    model.parameters().settleGradients(List.of());
                    optimizer.update(update, 0.01, Trainable.clippingScale(trainable.gradientNorm(), 1));
                }
            }
            assertTrue(loss < 0.02, "loss a token: " + loss);
        }
    }

    @Test
    void attentionWeightsAreShownAndSumTo1() {
        try (var parallel = new Parallel(1);
                var model = model(model(GRU, FEEDING, 1, Bridge.TANH, Readout.TANH, TiedEmbeddings.NONE));
                var tape = Tape.inference(parallel); var step = Tape.inference(parallel)) {
            tape.begin(1);
            step.begin(1);
            var shown = new float[3][];
            model.start(tape, BATCH.source()).step(step, new int[] {2, 2, 2},
                    (layer, head, row, weights) -> shown[row] = weights);
            for (int row = 0; row < 3; row++) {
                assertEquals(BATCH.source().length(row), shown[row].length);
                double sum = 0;
                for (float weight : shown[row]) sum += weight;
                assertEquals(1, sum, 1e-5);
            }
        }
    }

    @Test
    void oneThreadAndThreeGiveTheSameGradient() {
        var config = model(LSTM, new ContextConfig.Bahdanau(), 2, Bridge.TANH, Readout.MAXOUT, TiedEmbeddings.NONE);
        assertArrayEquals(gradient(config, 1, Integer.MAX_VALUE), gradient(config, 3, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("models")
    void truncationAtTheLongestSentenceIsNone(RnnConfig config) {
        var full = gradient(config, 2, Integer.MAX_VALUE);
        assertArrayEquals(full, gradient(config, 2, 8));
        assertNotEquals(Arrays.hashCode(full), Arrays.hashCode(gradient(config, 2, 2)));
    }

    private static float[] gradient(RnnConfig config, int threads, int truncation) {
        var dropout = new RnnConfig.Dropout(0.1, 0.2, 0.3, 0.1);
        var dropping = new RnnConfig(config.cell(), config.activation(), config.recurrentInitialization(),
                config.embeddingSize(),
                config.modelSize(), config.encoderLayers(), config.decoderLayers(), config.bidirectional(),
                config.reverseSource(),
                config.residual(), config.context(), config.bridge(), config.readout(), config.tiedEmbeddings(),
                dropout);
        try (var parallel = new Parallel(threads); var model = model(dropping);
                var tape = Tape.training(parallel).truncating(truncation)) {
            tape.begin(1);
            model.train(tape, BATCH, SMOOTHING, 1);
            return model.parameters().gradients().toArray();
        }
    }

    private static TranslationModel model(RnnConfig config) {
        var model = ModelFactory.declare(config, 13, 13);
        model.parameters().allocate(true);
        model.parameters().initialize(3);
        return model;
    }
}
