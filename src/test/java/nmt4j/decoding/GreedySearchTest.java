package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.config.DecodingConfig.MaxLength;
import nmt4j.config.LengthPenaltyConfig;
import nmt4j.decoding.Settings.Wording;
import nmt4j.decoding.Settings.Wording.Unknown;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Matrix;
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
    @CsvSource({"TRANSFORMER, FLOAT32, 0, ALLOWED", "TRANSFORMER, FLOAT32, 6, FORBIDDEN",
            "TRANSFORMER, INT8, 0, FORBIDDEN",
            "TRANSFORMER, BFLOAT16, 2, ALLOWED", "LUONG, INT8, 3, FORBIDDEN", "BAHDANAU, FLOAT32, 0, FORBIDDEN",
            "CONVOLUTIONAL, INT8, 1, FORBIDDEN"})
    void findsWhatABeamOfOneFinds(Family family, Precision precision, int minimum, Unknown unknown) {
        try (var tiny = TinyModel.of(family, V, 5)) {
            favour(tiny, 20, Vocabulary.PADDING, Vocabulary.START);
            if (minimum > 0) favour(tiny, 20, Vocabulary.END);
            if (unknown == Unknown.FORBIDDEN) favour(tiny, 20, Vocabulary.UNKNOWN);
            tiny.model().parameters().convert(precision);
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            var settings = settings(minimum, unknown, 3);
            try (var predictor = tiny.predictor()) {
                assertSameTokens(Search.beam(settings, 1).search(predictor, sentences),
                        greedy(settings).search(predictor, sentences));
            }
        }
    }

    private static void favour(TinyModel tiny, float more, int... tokens) {
        var bias = bias(tiny);
        for (int token : tokens) bias.set(0, token, bias.get(0, token) + more);
    }

    private static Matrix bias(TinyModel tiny) {
        return tiny.model().output().layer().bias().value();
    }

    @Test
    void aSentenceIsTranslatedTheSameAloneAndBesideOthers() {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 7); var predictor = tiny.predictor()) {
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 4);
            var search = greedy(settings(0, Unknown.ALLOWED, 3));
            BeamSearchTest.assertSameAloneAndTogether(search, predictor, sentences);
        }
    }

    /// Two tokens with one vector and nearly one bias, far behind one that may not be said: log p, which decides, is often equal
    /// for both, and the lower is chosen.
    @Test
    void probabilitiesDecideBetweenLogitsThatRoundingMayMakeEqual() {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 5)) {
            favour(tiny, 60, Vocabulary.START);
            var weight = tiny.model().output().layer().weight().value();
            Elementwise.copy(weight.rows(700, 701), weight.rows(1_200, 1_201));
            bias(tiny).set(0, 700, 9);
            bias(tiny).set(0, 1_200, Math.nextUp(9f));
            var settings = settings(3, Unknown.ALLOWED, 3);
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            try (var predictor = tiny.predictor()) {
                var expected = Search.beam(settings, 1).search(predictor, sentences);
                assertTrue(expected.stream().flatMapToInt(found -> Arrays.stream(found.getFirst().tokens()))
                        .filter(token -> token == 700).count() > 5);
                assertSameTokens(expected, greedy(settings).search(predictor, sentences));
            }
        }
    }

    /// Beside others, which go on greedily.
    @Test
    void whatIsDemandedIsABeamsTask() {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 7); var predictor = tiny.predictor()) {
            var sentences = new ArrayList<>(TinyModel.sentences(SENTENCES, 7, V, 4));
            sentences.set(3, sentences.get(3).demanding(Demands.prefix(900, 17)));
            sentences.set(8, sentences.get(8).demanding(new Demands(new int[0], List.of(new int[] {40, 50}))));
            var settings = settings(0, Unknown.ALLOWED, 3);
            var expected = Search.beam(settings, 1).search(predictor, sentences);
            assertSameTokens(expected, greedy(settings).search(predictor, sentences));
            assertSameTokens(expected, BeamSearchTest.joining(greedy(settings), predictor, sentences));
            assertEquals(Search.beam(settings, 1).width(sentences.get(8)), greedy(settings).width(sentences.get(8)));
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
                if (length == 0) continue; // which a beam says
                assertEquals(0, found.getFirst().logProbabilities().length);
                assertEquals(Double.NaN, found.getFirst().score());
                assertEquals(Double.NaN, found.getFirst().logProbability());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aModelWithoutProbabilitiesIsNotPassedOver(float weight) {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 5)) {
            bias(tiny).set(0, 1_000, weight);
            try (var predictor = tiny.predictor()) {
                var sentences = TinyModel.sentences(1, 7, V, 3);
                assertThrows(Failure.class,
                        () -> greedy(settings(0, Unknown.ALLOWED, 3)).search(predictor, sentences));
            }
        }
    }

    /// Of a step that knows all log-probabilities and no logits, as those of an ensemble.
    @Test
    void anyPredictionWillDo() {
        try (var tiny = TinyModel.of(Family.TRANSFORMER, V, 5); var predictor = tiny.predictor()) {
            var settings = settings(2, Unknown.FORBIDDEN, 3);
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            var ensemble = new EnsemblePredictor(List.of(predictor), Mean.GEOMETRIC);
            assertSameTokens(Search.beam(settings, 1).search(ensemble, sentences),
                    greedy(settings).search(ensemble, sentences));
        }
    }

    private static Settings settings(int minimum, Unknown unknown, int extra) {
        var config = new DecodingConfig(1, new LengthPenaltyConfig.None(), new MaxLength(1, extra));
        return new Settings(config, Stopping.BOUNDED, 0, AttentionHeads.ALL, minimum,
                new Wording(0, 1, unknown, List.of()));
    }

    private static Search greedy(Settings settings) {
        return assertInstanceOf(GreedySearch.class, Search.words(settings));
    }

    private static void assertSameTokens(List<List<Hypothesis>> expected, List<List<Hypothesis>> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++)
            assertArrayEquals(expected.get(i).getFirst().tokens(), found.get(i).getFirst().tokens());
    }
}
