package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.decoding.TinyModel.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForcedDecodingTest {
    private static final int V = 29;
    private static final LengthPenalty PENALTY = LengthPenalty.gnmt(0.6);

    @ParameterizedTest
    @EnumSource
    void whatASearchFoundHasTheSameScoreToTheBit(Family family) {
        try (var tiny = TinyModel.of(family, V, 3); var predictor = tiny.predictor()) {
            var search = BeamSearchTest.beam(3, 3, PENALTY, new Lengths(0, 1, 3));
            var sentences = TinyModel.sentences(11, 7, V, 3);
            var pairs = new ArrayList<Sentence>();
            var expected = new ArrayList<Hypothesis>();
            var found = search.search(predictor, sentences);
            for (int i = 0; i < sentences.size(); i++)
                for (var hypothesis : found.get(i)) {
                    pairs.add(sentences.get(i).demanding(Demands.prefix(hypothesis.tokens())));
                    expected.add(hypothesis);
                }
            var forced = new ForcedDecoding(new Ranking(PENALTY), Optional.empty()).search(predictor, pairs);
            for (int i = 0; i < pairs.size(); i++) {
                var actual = forced.get(i).getFirst();
                assertEquals(1, forced.get(i).size());
                assertArrayEquals(expected.get(i).tokens(), actual.tokens());
                assertArrayEquals(expected.get(i).logProbabilities(), actual.logProbabilities());
                assertEquals(expected.get(i).score(), actual.score());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsWhatTeacherForcingSays(Family family) {
        try (var tiny = TinyModel.of(family, V, 5); var predictor = tiny.predictor()) {
            var sources = TinyModel.sentences(7, 9, V, 5);
            var targets = TinyModel.sentences(7, 11, V, 6);
            for (int i = 0; i < sources.size(); i++) {
                var pair = sources.get(i).demanding(Demands.prefix(targets.get(i).tokens()));
                var forced = new ForcedDecoding(new Ranking(PENALTY), Optional.empty()).search(predictor, List.of(pair))
                        .getFirst();
                double expected = tiny.forced(sources.get(i).tokens(), targets.get(i).tokens());
                assertEquals(expected, forced.getFirst().logProbability(), 1e-5 * Math.abs(expected));
            }
        }
    }
}
