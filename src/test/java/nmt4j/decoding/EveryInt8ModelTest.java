package nmt4j.decoding;

import static nmt4j.config.ModelConfig.TiedEmbeddings.ALL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.config.Config;
import nmt4j.model.AttentionListener;
import nmt4j.model.ModelFactory;
import nmt4j.tensor.Precision;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of translation models in int8, for every shipped config: small, and with random weights.
@ParameterizedClass
@MethodSource("nmt4j.ShippedConfigs#small")
class EveryInt8ModelTest {
    private static final int V = 89;

    @Parameter
    private Config config;

    private TinyModel tiny;

    @BeforeEach
    void makeModel() {
        tiny = TinyModel.of(config.model(), config.model().tiedEmbeddings() == ALL ? V : 97, V, 3);
        tiny.model().parameters().quantize();
    }

    @AfterEach
    void free() {
        tiny.close();
    }

    @Test
    void everyMatrixIsInInt8() {
        assertEquals(Precision.INT8, tiny.model().parameters().precision());
        for (var parameter : tiny.model().parameters().all())
            assertEquals(parameter.rows() > 1, parameter.int8().isPresent(), parameter.name());
    }

    @Test
    void aSentenceIsTranslatedTheSameAloneAndInABatchToTheBit() {
        var search = Search.beam(config.decoding(), 2, 0);
        try (var predictor = tiny.predictor()) {
            BeamSearchTest.assertSameAloneAndTogether(search, predictor, TinyModel.sentences(11, 13, V, 11));
        }
    }

    @Test
    void theScoreOfATranslationIsThatOfForcedDecodingToTheBit() {
        try (var predictor = tiny.predictor()) {
            var sentences = TinyModel.sentences(7, 5, V, 7);
            var found = Search.beam(config.decoding(), 1, 0).search(predictor, sentences);
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

    /// Weights are off by 0.4 % of a column's largest at most, activations by 0.4 % of a row's; as they are initialised, no
    /// layer makes much more of it.
    @Test
    void probabilitiesAreCloseToThoseOfFloat32() {
        try (var float32 = initial(); var int8 = initial()) {
            int8.model().parameters().quantize();
            var sentences = TinyModel.sentences(3, 5, V, 7);
            var expected = afterStart(float32, sentences);
            var got = afterStart(int8, sentences);
            for (int i = 0; i < got.length; i++) assertEquals(expected[i], got[i], 0.1f);
        }
    }

    private TinyModel initial() {
        var model = ModelFactory.declare(config.model(), config.model().tiedEmbeddings() == ALL ? V : 97, V);
        model.parameters().allocate(false);
        model.parameters().initialize(3);
        return new TinyModel(model);
    }

    private static float[] afterStart(TinyModel model, List<Sentence> sentences) {
        var start = new int[sentences.size()];
        Arrays.fill(start, Vocabulary.START);
        try (var predictor = model.predictor()) {
            return predictor.start(sentences).step(start, AttentionListener.NONE).logProbabilities().toArray();
        }
    }
}
