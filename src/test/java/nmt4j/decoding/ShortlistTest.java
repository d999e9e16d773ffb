package nmt4j.decoding;

import static nmt4j.decoding.BeamSearchTest.assertSame;
import static nmt4j.decoding.BeamSearchTest.assertSameAloneAndTogether;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.kernel.Parallel;
import nmt4j.lexicon.Shortlist;
import nmt4j.model.AttentionListener;
import nmt4j.tensor.Precision;
import nmt4j.tensor.Tape;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Searches among the words that a sentence's own words may become.
class ShortlistTest {
    private static final int V = 31;
    private static final Shortlist LIST = random();
    private static final ForcedDecoding FORCED = new ForcedDecoding(new Ranking(LengthPenalty.NONE), Optional.empty());

    private static Shortlist random() {
        var random = new Random(5);
        var likely = new ArrayList<int[]>();
        for (int f = 0; f < V; f++) likely.add(random.ints(3, 4, V).toArray());
        return new Shortlist(V, new int[] {4, 5}, likely);
    }

    @ParameterizedTest
    @EnumSource
    void noTranslationDependsOnTheSentencesBesideIt(Family family) {
        for (var precision : Precision.values())
            try (var tiny = TinyModel.of(family, V, 8)) {
                tiny.model().parameters().convert(precision);
                requireIndependence(family, tiny);
            }
    }

    private static void requireIndependence(Family family, TinyModel tiny) {
        try (var tape = tape(); var predictor = predictor(tiny, family, tape)) {
            var sentences = TinyModel.sentences(9, 6, V, 8);
            var search = BeamSearchTest.beam(4, 3, LengthPenalty.gnmt(0.6), new Lengths(1, 2, 0));
            var together = search.search(predictor, sentences);
            assertSameAloneAndTogether(search, predictor, sentences);
            for (int i = 0; i < sentences.size(); i++)
                for (var hypothesis : together.get(i))
                    for (int token : hypothesis.tokens())
                        assertTrue(Arrays.binarySearch(ids(sentences.get(i)), token) >= 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStepIsTheWholeSoftmaxAmongTheListsWords(Family family) {
        for (var precision : Precision.values())
            try (var tiny = TinyModel.of(family, V, 3)) {
                tiny.model().parameters().convert(precision);
                requireSoftmax(family, tiny);
            }
    }

    private static void requireSoftmax(Family family, TinyModel tiny) {
        try (var tape = tape(); var listed = predictor(tiny, family, tape); var whole = tiny.predictor()) {
            var sentences = TinyModel.sentences(3, 6, V, 3);
            var tokens = new int[] {Vocabulary.START, Vocabulary.START, Vocabulary.START};
            var expected = whole.start(sentences).step(tokens, AttentionListener.NONE).logProbabilities();
            var found = listed.start(sentences).step(tokens, AttentionListener.NONE).logProbabilities();
            for (int row = 0; row < 3; row++) {
                double sum = 0;
                for (int id : ids(sentences.get(row))) sum += Math.exp(expected.get(row, id));
                for (int id = 0; id < V; id++)
                    if (Arrays.binarySearch(ids(sentences.get(row)), id) < 0)
                        assertEquals(Float.NEGATIVE_INFINITY, found.get(row, id));
                    else assertEquals(expected.get(row, id) - Math.log(sum), found.get(row, id), 1e-4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBeamOfOneIsGreedyAndItsScoreIsTheForcedOne(Family family) {
        try (var tiny = TinyModel.of(family, V, 6); var tape = tape(); var predictor = predictor(tiny, family, tape)) {
            for (var sentence : TinyModel.sentences(5, 6, V, 6)) {
                var found = BeamSearchTest.beam(1, 1, LengthPenalty.NONE, new Lengths(0, 1, 2))
                        .search(predictor, List.of(sentence)).getFirst().getFirst();
                assertArrayEquals(greedy(predictor, sentence), found.tokens());
                var forced = FORCED.search(predictor,
                        List.of(sentence.demanding(Demands.prefix(found.tokens())))).getFirst();
                assertSame(List.of(found), forced);
            }
        }
    }

    private static int[] greedy(Predictor predictor, Sentence sentence) {
        var tokens = new ArrayList<Integer>();
        var state = predictor.start(List.of(sentence));
        int token = Vocabulary.START;
        while (true) {
            var prediction = state.step(new int[] {token}, AttentionListener.NONE);
            token = Vocabulary.END;
            for (int v = 0; v < V && tokens.size() < sentence.length() + 2; v++)
                if (prediction.logProbabilities().get(0, v) > prediction.logProbabilities().get(0, token)) token = v;
            if (token == Vocabulary.END) return tokens.stream().mapToInt(id -> id).toArray();
            tokens.add(token);
            state = prediction.state();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDemandedIsThereThoughNotInTheList(Family family) {
        try (var tiny = TinyModel.of(family, V, 2); var tape = tape(); var predictor = predictor(tiny, family, tape)) {
            var sentence = new Sentence(1, new int[] {4, 7});
            int missing = 4;
            while (Arrays.binarySearch(ids(sentence), missing) >= 0) missing++;
            var demands = new Demands(new int[] {missing}, List.of(new int[] {missing, missing}));
            var found = BeamSearchTest.beam(3, 1, LengthPenalty.NONE, new Lengths(1, 3, 0))
                    .search(predictor, List.of(sentence.demanding(demands))).getFirst().getFirst().tokens();
            assertTrue(found.length >= 2 && found[0] == missing && found[1] == missing, Arrays.toString(found));
        }
    }

    private static int[] ids(Sentence sentence) {
        return LIST.ids(sentence.tokens(), List.of());
    }

    private static Predictor predictor(TinyModel tiny, Family family, Tape tape) {
        var ensemble = Ensemble.of(tiny.loaded(family, V)).with(LIST);
        return ensemble.predictor(ensemble.projections(tape));
    }

    private static Tape tape() {
        return Tape.inference(new Parallel(1));
    }
}
