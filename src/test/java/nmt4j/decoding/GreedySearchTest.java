package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.config.DecodingConfig.MaxLength;
import nmt4j.config.LengthPenaltyConfig;
import nmt4j.decoding.Settings.Wording;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.tensor.Precision;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreedySearchTest {
    private static final int V = 1_300; // some segments
    private static final int SENTENCES = 11;

    @ParameterizedTest
    @CsvSource({"TRANSFORMER, FLOAT32, 0", "TRANSFORMER, FLOAT32, 6", "TRANSFORMER, INT8, 0",
            "TRANSFORMER, BFLOAT16, 2",
            "LUONG, INT8, 3", "BAHDANAU, FLOAT32, 0", "CONVOLUTIONAL, INT8, 1"})
    void findsWhatABeamOfOneFinds(Family family, Precision precision, int minimum) {
        try (var tiny = TinyModel.of(family, V, 5)) {
            favourSpecials(tiny);
            tiny.model().parameters().convert(precision);
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            for (var unknown : Wording.Unknown.values()) {
                var settings = settings(minimum, unknown, 3);
                try (var predictor = tiny.predictor()) {
                    assertSameTokens(Search.beam(settings, 1).search(predictor, sentences),
                            greedy(settings).search(predictor, sentences));
                }
            }
        }
    }

    /// All that may not be said is likelier than what may.
    private static void favourSpecials(TinyModel tiny) {
        var bias = tiny.model().output().layer().bias().value();
        for (int token = 0; token < Vocabulary.SPECIALS.size(); token++) bias.set(0, token, bias.get(0, token) + 2);
    }

    @Test
    void aSentenceIsTranslatedTheSameAloneAndBesideOthers() {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 7); var predictor = tiny.predictor()) {
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 4);
            var search = greedy(settings(0, Wording.Unknown.ALLOWED, 3));
            BeamSearchTest.assertSameAloneAndTogether(search, predictor, sentences);
        }
    }

    /// Log-probabilities decide then, as in a beam: of equal ones the lower token is chosen.
    @Test
    void ofTwoEqualTokensTheLowerIsChosen() {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 5)) {
            var bias = tiny.model().output().layer().bias().value();
            bias.set(0, 1_200, 1_000);
            bias.set(0, 700, Math.nextUp(1_000f));
            var settings = settings(2, Wording.Unknown.ALLOWED, 2);
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            try (var predictor = tiny.predictor()) {
                assertSameTokens(Search.beam(settings, 1).search(predictor, sentences),
                        greedy(settings).search(predictor, sentences));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void translationsAreNoLongerThanTheyMayBe(int length) {
        try (var tiny = TinyModel.of(Family.LUONG, V, 5); var predictor = tiny.predictor()) {
            var settings = Settings.of(new DecodingConfig(1, new LengthPenaltyConfig.None(), new MaxLength(0, length)));
            for (var found : greedy(settings.withMinimum(length)).search(predictor,
                    TinyModel.sentences(SENTENCES, 7, V, 3))) {
                assertEquals(length, found.getFirst().tokens().length);
                assertEquals(0, found.getFirst().logProbabilities().length);
                assertEquals(Double.NaN, found.getFirst().score());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aModelWithoutProbabilitiesIsNotPassedOver(float weight) {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 5)) {
            tiny.model().output().layer().bias().value().set(0, 1_000, weight);
            try (var predictor = tiny.predictor()) {
                var sentences = TinyModel.sentences(1, 7, V, 3);
                assertThrows(Failure.class,
                        () -> greedy(settings(0, Wording.Unknown.ALLOWED, 3)).search(predictor, sentences));
            }
        }
    }

    /// Of a step that knows all log-probabilities and no logits, as those of an ensemble.
    @Test
    void anyPredictionWillDo() {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 5); var predictor = tiny.predictor()) {
            var settings = settings(2, Wording.Unknown.FORBIDDEN, 3);
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            var ensemble = new EnsemblePredictor(List.of(predictor), Mean.GEOMETRIC);
            assertSameTokens(Search.beam(settings, 1).search(ensemble, sentences),
                    greedy(settings).search(ensemble, sentences));
        }
    }

    private static Settings settings(int minimum, Wording.Unknown unknown, int extra) {
        var config = new DecodingConfig(1, new LengthPenaltyConfig.None(), new MaxLength(1, extra));
        return new Settings(config, Stopping.BOUNDED, 0, AttentionHeads.ALL, minimum,
                new Wording(0, 1, unknown, List.of()));
    }

    private static Search greedy(Settings settings) {
        return assertInstanceOf(GreedySearch.class, Search.best(settings));
    }

    private static void assertSameTokens(List<List<Hypothesis>> expected, List<List<Hypothesis>> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++)
            assertArrayEquals(expected.get(i).getFirst().tokens(), found.get(i).getFirst().tokens());
    }
}
