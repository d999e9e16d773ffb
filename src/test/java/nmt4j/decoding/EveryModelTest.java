package nmt4j.decoding;

import static nmt4j.config.ModelConfig.TiedEmbeddings.ALL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.config.Config;
import nmt4j.config.ContextConfig;
import nmt4j.config.DecodingConfig;
import nmt4j.config.RnnConfig;
import nmt4j.data.Batch;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.model.AttentionListener;
import nmt4j.model.DecoderState;
import nmt4j.model.SmallModel;
import nmt4j.tensor.Tape;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of translation models, for every shipped config: small, and with random weights.
@ParameterizedClass
@MethodSource("nmt4j.ShippedConfigs#small")
class EveryModelTest {
    private static final int V = 89;
    private static final Batch BATCH = SmallModel.BATCH;

    @Parameter
    private Config config;

    private final Parallel parallel = new Parallel(1);
    private final Tape tape = Tape.inference(parallel);
    private final Tape step = Tape.inference(parallel);
    private TinyModel tiny;

    @BeforeEach
    void makeModel() {
        tiny = TinyModel.of(config.model(), sourceSize(), V, 3);
        tape.begin(1);
        step.begin(1);
    }

    private int sourceSize() {
        return config.model().tiedEmbeddings() == ALL ? V : 97;
    }

    @AfterEach
    void free() {
        tiny.close();
        step.close();
        tape.close();
        parallel.close();
    }

    @Test
    void aSentenceIsTranslatedTheSameAloneAndInABatchToTheBit() {
        var search = Search.beam(Settings.of(config.decoding()), 2);
        try (var predictor = tiny.predictor()) {
            BeamSearchTest.assertSameAloneAndTogether(search, predictor, TinyModel.sentences(11, 13, V, 11));
        }
    }

    @Test
    void aBeamOfOneIsGreedySearch() {
        var decoding = config.decoding();
        var search = Search.beam(Settings.of(decoding).withBeam(1), 1);
        try (var predictor = tiny.predictor()) {
            for (var sentence : TinyModel.sentences(5, 7, V, 5)) {
                var found = search.search(predictor, List.of(sentence)).getFirst();
                assertEquals(1, found.size());
                assertArrayEquals(greedy(predictor, sentence), found.getFirst().tokens());
            }
        }
    }

    private int[] greedy(Predictor predictor, Sentence sentence) {
        int maximum = Lengths.of(config.decoding().maxLength(), 0).maximum(sentence.length());
        var tokens = new int[maximum];
        var prediction = predictor.start(List.of(sentence)).step(new int[] {Vocabulary.START},
                AttentionListener.NONE);
        for (int t = 0; t < maximum; t++) {
            tokens[t] = mostLikely(prediction.logProbabilities());
            if (tokens[t] == Vocabulary.END) return Arrays.copyOf(tokens, t);
            prediction = prediction.state().step(new int[] {tokens[t]}, AttentionListener.NONE);
        }
        return tokens;
    }

    private static int mostLikely(Matrix logProbabilities) {
        int best = Vocabulary.UNKNOWN;
        for (int v = Vocabulary.END; v < V; v++)
            if (logProbabilities.get(0, v) > logProbabilities.get(0, best)) best = v;
        return best;
    }

    @Test
    void theScoreOfATranslationIsThatOfTeacherForcing() {
        var sentences = TinyModel.sentences(7, 5, V, 7);
        try (var predictor = tiny.predictor()) {
            var found = Search.beam(Settings.of(config.decoding()), 3).search(predictor, sentences);
            for (int i = 0; i < sentences.size(); i++)
                for (var hypothesis : found.get(i)) {
                    double forced = tiny.forced(sentences.get(i).tokens(), hypothesis.tokens());
                    assertEquals(forced, hypothesis.logProbability(), 1e-5 * Math.abs(forced) + 1e-5);
                }
        }
    }

    @Test
    void stepsOfASentenceAloneGiveWhatTeacherForcingGivesInABatch() {
        var together = decode(BATCH.source(), BATCH.targetInput());
        for (int i = 0; i < BATCH.size(); i++) {
            var state = tiny.model().start(tape, PackedSentences.of(List.of(BATCH.source().sentence(i))));
            var tokens = BATCH.targetInput().sentence(i);
            for (int t = 0; t < tokens.length; t++) {
                int row = BATCH.targetInput().offsets()[i] + t;
                var done = step(state, tokens[t]);
                assertArrayEquals(row(together, row), row(done, 0), 1e-5f, "sentence " + i + ", step " + t);
                state = done.state();
            }
        }
    }

    @Test
    void theFutureDoesNotLeak() {
        var source = PackedSentences.of(List.of(new int[] {4, 9, 7, 3}));
        var one = decode(source, PackedSentences.of(List.of(new int[] {2, 5, 6, 7, 8})));
        var other = decode(source, PackedSentences.of(List.of(new int[] {2, 5, 6, 9, 4})));
        for (int t = 0; t < 3; t++) assertArrayEquals(row(one, t), row(other, t));
        assertFalse(Arrays.equals(row(one, 3), row(other, 3)));
    }

    private Matrix decode(PackedSentences source, PackedSentences targetInput) {
        var model = tiny.model();
        return model.decoder().decode(tape, model.encoder().encode(tape, source), targetInput).value();
    }

    @Test
    void aBeamThatIsReorderedGoesOnFromItsRows() {
        var state = step(step(tiny.model().start(tape, BATCH.source()), 2, 2, 2).state(), 8, 9, 4).state();
        var straight = step(state, 5, 6, 7);
        int[] from = {2, 0, 2};
        var turned = step(state.select(from), 7, 5, 7);
        for (int row = 0; row < 3; row++) assertArrayEquals(row(straight, from[row]), row(turned, row));
    }

    /// Also if the memory that they came from holds other things.
    @Test
    void rowsThatBeganAtDifferentStepsGoOnSideBySide() {
        var older = step(step(tiny.model().start(tape, BATCH.source()), 2, 2, 2).state(), 8, 9, 4).state();
        var both = older.select(new int[] {2, 0, 2});
        var straight = step(both, 5, 6, 7);
        try (var others = Tape.inference(parallel); var keep = Tape.inference(parallel)) {
            others.begin(1);
            keep.begin(1);
            var newer = tiny.model().start(others, PackedSentences.of(List.of(new int[] {6, 4, 3}, new int[] {9, 3})));
            var alone = step(newer, 2, 2);
            var joined = both.join(newer, keep);
            for (var gone : List.of(tape, others)) {
                gone.begin(1);
                gone.tensor(1_000, 100).value().fill(Float.NaN);
            }
            assertEquals(5, joined.rows());
            var done = step(joined, 5, 6, 7, 2, 2);
            for (int row = 0; row < 3; row++) assertArrayEquals(row(straight, row), row(done, row));
            for (int row = 0; row < 2; row++) assertArrayEquals(row(alone, row), row(done, 3 + row));
        }
    }

    private DecoderState.Step step(DecoderState state, int... tokens) {
        return state.step(step, tokens, AttentionListener.NONE);
    }

    private static float[] row(DecoderState.Step done, int row) {
        return row(done.output().value(), row);
    }

    private static float[] row(Matrix x, int row) {
        return x.rows(row, row + 1).toArray();
    }

    @Test
    void whatAttentionShowsAreWeightsThatSumTo1() {
        var shown = new ArrayList<Integer>();
        tiny.model().start(tape, BATCH.source()).step(step, new int[] {2, 2, 2}, (layer, head, row, weights) -> {
            shown.add(row);
            assertEquals(BATCH.source().length(row), weights.length);
            double sum = 0;
            for (float weight : weights) sum += weight;
            assertEquals(1, sum, 1e-5);
        });
        for (int row = 0; row < 3; row++) assertEquals(attends(), shown.contains(row));
    }

    private boolean attends() {
        return !(config.model() instanceof RnnConfig rnn)
                || !(rnn.context() instanceof ContextConfig.None || rnn.context() instanceof ContextConfig.Fixed);
    }

    @Test
    void oneThreadAndThreeGiveTheSameGradient() {
        assertArrayEquals(gradient(1), gradient(3));
    }

    private float[] gradient(int threads) {
        try (var cores = new Parallel(threads); var training = Tape.training(cores);
                var model = SmallModel.of(config.model())) {
            training.begin(1);
            model.train(training, BATCH, 0.1f, 1);
            return model.parameters().gradients().toArray();
        }
    }
}
