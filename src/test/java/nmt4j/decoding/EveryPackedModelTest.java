package nmt4j.decoding;

import static nmt4j.config.ModelConfig.TiedEmbeddings.ALL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nmt4j.ShippedConfigs;
import nmt4j.config.Config;
import nmt4j.kernel.Quantized;
import nmt4j.kernel.Rounded;
import nmt4j.model.AttentionListener;
import nmt4j.model.ModelFactory;
import nmt4j.tensor.Precision;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of translation models in int8 and in bfloat16, for every shipped config: small, and with random weights.
@ParameterizedClass
@MethodSource("cases")
class EveryPackedModelTest {
    private static final int V = 89;
    private static final int STEPS = 5;

    @Parameter(0)
    private Config config;

    @Parameter(1)
    private Precision precision;

    private TinyModel tiny;

    static Stream<Arguments> cases() {
        return ShippedConfigs.small().flatMap(config -> Stream.of(Precision.INT8, Precision.BFLOAT16)
                .map(precision -> Arguments.of(config, precision)));
    }

    @BeforeEach
    void makeModel() {
        tiny = TinyModel.of(config.model(), config.model().tiedEmbeddings() == ALL ? V : 97, V, 3);
        tiny.model().parameters().convert(precision);
    }

    @AfterEach
    void free() {
        tiny.close();
    }

    @Test
    void everyMatrixIsPacked() {
        assertEquals(precision, tiny.model().parameters().precision());
        for (var parameter : tiny.model().parameters().all())
            assertEquals(parameter.rows() > 1, parameter.packed().isPresent(), parameter.name());
    }

    @Test
    void aSentenceIsTranslatedTheSameAloneAndInABatchToTheBit() {
        var search = Search.beam(Settings.of(config.decoding()), 2);
        try (var predictor = tiny.predictor()) {
            BeamSearchTest.assertSameAloneAndTogether(search, predictor, TinyModel.sentences(11, 13, V, 11));
        }
    }

    @Test
    void theScoreOfATranslationIsThatOfForcedDecodingToTheBit() {
        try (var predictor = tiny.predictor()) {
            var sentences = TinyModel.sentences(7, 5, V, 7);
            var found = Search.beam(Settings.of(config.decoding()), 1).search(predictor, sentences);
            var forced = new ArrayList<Sentence>();
            for (int i = 0; i < sentences.size(); i++)
                forced.add(new Sentence(i + 1, sentences.get(i).sources(),
                        Demands.prefix(found.get(i).getFirst().tokens()), ""));
            var scored = Search.forced(Settings.of(config.decoding())).search(predictor, forced);
            for (int i = 0; i < sentences.size(); i++)
                assertArrayEquals(found.get(i).getFirst().logProbabilities(),
                        scored.get(i).getFirst().logProbabilities());
        }
    }

    /// Weights are off by 0.4 % at most, in int8 of a column's largest, activations there by 0.4 % of a row's range; as they are
    /// initialised, no layer makes much more of it.
    @Test
    void probabilitiesAreCloseToThoseOfFloat32() {
        try (var float32 = initial(); var packed = initial()) {
            packed.model().parameters().convert(precision);
            var sentences = TinyModel.sentences(3, 5, V, 7);
            assertArrayEquals(ofSteps(float32, sentences), ofSteps(packed, sentences), 0.1f);
        }
    }

    /// What is computed with are the rounded numbers themselves; only int8 rounds what they are multiplied by, too.
    @Test
    void probabilitiesAreThoseOfFloat32WithRoundedWeights() {
        try (var float32 = initial(); var packed = initial()) {
            for (var p : float32.model().parameters().all()) if (p.isMatrix()) p.value().copyFrom(rounded(p));
            packed.model().parameters().convert(precision);
            var sentences = TinyModel.sentences(3, 5, V, 7);
            float tolerance = precision == Precision.BFLOAT16 ? 1e-5f : 0.05f;
            assertArrayEquals(ofSteps(float32, sentences), ofSteps(packed, sentences), tolerance);
        }
    }

    private float[] rounded(nmt4j.tensor.Parameter p) {
        var floats = p.value().toArray();
        return (precision == Precision.BFLOAT16 ? Rounded.of(floats, p.rows(), p.columns(), p.axis())
                : Quantized.of(floats, p.rows(), p.columns(), p.axis())).floats();
    }

    private TinyModel initial() {
        var model = ModelFactory.declare(config.model(), config.model().tiedEmbeddings() == ALL ? V : 97, V);
        model.parameters().allocate(false);
        model.parameters().initialize(3);
        return new TinyModel(model);
    }

    /// Log-probabilities after each of some tokens.
    private static float[] ofSteps(TinyModel model, List<Sentence> sentences) {
        int each = sentences.size() * V;
        var all = new float[STEPS * each];
        try (var predictor = model.predictor()) {
            var state = predictor.start(sentences);
            for (int step = 0; step < STEPS; step++) {
                var tokens = new int[sentences.size()];
                Arrays.fill(tokens, step == 0 ? Vocabulary.START : V - step);
                var prediction = state.step(tokens, AttentionListener.NONE);
                System.arraycopy(prediction.logProbabilities().toArray(), 0, all, step * each, each);
                state = prediction.state();
            }
        }
        return all;
    }
}
