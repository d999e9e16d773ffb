package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import nmt4j.config.DecodingConfig;
import nmt4j.config.DecodingConfig.MaxLength;
import nmt4j.config.LengthPenaltyConfig;
import nmt4j.decoding.Settings.Wording;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.tensor.Precision;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A beam search that asks for the likeliest tokens alone finds what one finds that sees all of them, to the bit.
class LikeliestTokensTest {
    private static final int V = 1_300; // some segments
    private static final int SENTENCES = 11;

    @ParameterizedTest
    @CsvSource({"TRANSFORMER, FLOAT32, 1", "TRANSFORMER, FLOAT32, 5", "TRANSFORMER, INT8, 2", "TRANSFORMER, INT8, 5",
            "TRANSFORMER, BFLOAT16, 2", "LUONG, INT8, 3", "BAHDANAU, FLOAT32, 3", "CONVOLUTIONAL, INT8, 4"})
    void areEnough(Family family, Precision precision, int k) {
        try (var tiny = model(family, precision)) {
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            for (var search : searches(k)) {
                var all = search.heardBy(_ -> new BeamListener() {}); // who listens is shown all tokens
                try (var predictor = tiny.predictor()) {
                    assertSame(all.search(predictor, sentences), search.search(predictor, sentences));
                }
            }
        }
    }

    /// A neighbour that demands the beginning of its translation is shown all tokens; the others' are the same.
    @ParameterizedTest
    @CsvSource({"FLOAT32", "INT8"})
    void areEnoughBesideASentenceThatNeedsMore(Precision precision) {
        try (var tiny = model(Family.TRANSFORMER, precision)) {
            var sentences = TinyModel.sentences(SENTENCES, 7, V, 3);
            var demanding = new ArrayList<>(sentences);
            demanding.set(3, new Sentence(4, sentences.get(3).sources(), Demands.prefix(900, 17), ""));
            for (var search : searches(3))
                try (var predictor = tiny.predictor()) {
                    var found = search.search(predictor, sentences);
                    var beside = search.search(predictor, demanding);
                    found.remove(3);
                    beside.remove(3);
                    assertSame(found, beside);
                }
        }
    }

    /// To its liking are above all the tokens that may be excluded.
    private static TinyModel model(Family family, Precision precision) {
        var tiny = TinyModel.of(family, V, 5);
        var bias = tiny.model().output().layer().bias().value();
        for (int token = 0; token < Vocabulary.SPECIALS.size(); token++) bias.set(0, token, bias.get(0, token) + 2);
        tiny.model().parameters().convert(precision);
        return tiny;
    }

    /// Free, and with as many rules as leave the likeliest tokens enough.
    private static List<BeamSearch> searches(int k) {
        var config = new DecodingConfig(k, new LengthPenaltyConfig.None(), new MaxLength(1, 3));
        var settings = Settings.of(config);
        var ruled = new Settings(config, Stopping.BOUNDED, 0, AttentionHeads.ALL, 4,
                new Wording(0, 1, Wording.Unknown.FORBIDDEN, List.of()));
        return List.of(BeamSearch.of(settings, 1), BeamSearch.of(ruled, k));
    }

    private static void assertSame(List<List<Hypothesis>> expected, List<List<Hypothesis>> found) {
        for (int i = 0; i < expected.size(); i++) BeamSearchTest.assertSame(expected.get(i), found.get(i));
    }
}
