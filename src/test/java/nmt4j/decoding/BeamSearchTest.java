package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import nmt4j.decoding.Search.Order;
import nmt4j.model.AttentionListener;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeamSearchTest {
    private static final int V = 7; // three words, <unk>, </s>
    private static final Lengths SHORT = new Lengths(0, 0, 4);
    private static final List<LengthPenalty> PENALTIES =
            List.of(LengthPenalty.NONE, LengthPenalty.AVERAGE, LengthPenalty.gnmt(0.6), LengthPenalty.reward(0.7));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBeamAsWideAsTheSpaceFindsTheBestOfAllTranslations(long seed) {
        try (var tiny = TinyModel.of(V, seed); var predictor = tiny.predictor()) {
            var sentence = new Sentence(1, new int[] {5, 4, 6});
            for (var penalty : PENALTIES) {
                var expected = everyTranslation(tiny, sentence, penalty);
                var found = beam(500, 10, penalty, SHORT).search(predictor, List.of(sentence)).getFirst();
                assertEquals(10, found.size());
                for (int i = 0; i < 10; i++) {
                    assertArrayEquals(expected.get(i).tokens(), found.get(i).tokens());
                    assertEquals(expected.get(i).score(), found.get(i).score(), 1e-5);
                }
            }
        }
    }

    /// Giving prefixes up early must not change what is found.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void theBeamFindsWhatABeamWithoutShortCutsFinds(int k) {
        for (long seed = 0; seed < 4; seed++) {
            try (var tiny = TinyModel.of(V, seed); var predictor = tiny.predictor()) {
                var penalty = PENALTIES.get((int) seed % PENALTIES.size());
                var search = beam(k, Math.min(k, 2), penalty, new Lengths(1, 1, 5));
                var sentences = TinyModel.sentences(5, 6, V, seed);
                var found = search.search(predictor, sentences);
                for (int i = 0; i < sentences.size(); i++)
                    assertSame(plainBeam(predictor, sentences.get(i), search), found.get(i));
            }
        }
    }

    @Test
    void lengthsAreKept() {
        try (var tiny = TinyModel.of(V, 13); var predictor = tiny.predictor()) {
            var sentences = TinyModel.sentences(9, 5, V, 13);
            for (int length = 0; length < 6; length++) {
                var exactly =
                        beam(2, 2, LengthPenalty.NONE, new Lengths(length, 0, length)).search(predictor, sentences);
                for (var found : exactly)
                    for (var hypothesis : found) assertEquals(length, hypothesis.tokens().length);
            }
        }
    }

    @Test
    void translationsAreSortedTextAndDistinct() {
        try (var tiny = TinyModel.of(V, 17); var predictor = tiny.predictor()) {
            for (var found : beam(4, 4, LengthPenalty.AVERAGE, SHORT).search(predictor,
                    TinyModel.sentences(9, 5, V, 17))) {
                for (int i = 0; i < found.size(); i++) {
                    for (int token : found.get(i).tokens())
                        assertTrue(token == Vocabulary.UNKNOWN || token > Vocabulary.END);
                    assertTrue(i == 0 || found.get(i).score() <= found.get(i - 1).score());
                }
                assertEquals(found.size(), found.stream().map(h -> Arrays.toString(h.tokens())).distinct().count());
            }
        }
    }

    /// K for each number of tokens of its phrases that a prefix may have met.
    @Test
    void aSentenceWithPhrasesIsAsWideAsItsGrid() {
        var sentence = new Sentence(1, List.of(new int[] {4, 5}), Demands.NONE);
        var search = beam(3, 1, LengthPenalty.NONE, SHORT);
        assertEquals(3, search.width(sentence));
        assertEquals(3 * 4, search.width(sentence.demanding(
                new Demands(new int[0], List.of(new int[] {4}, new int[] {5, 6})))));
    }

    static BeamSearch beam(int k, int best, LengthPenalty penalty, Lengths lengths) {
        return new BeamSearch(k, best, new Ranking(penalty), Stopping.BOUNDED, lengths,
                List.of(Rule.TEXT_ONLY, Rule.minimumLength(lengths.minimum())));
    }

    /// Asserts that a sentence's translations are, to the bit, what they are in a batch with the others, and beside others
    /// that are further on or join later.
    static void assertSameAloneAndTogether(Search search, Predictor predictor, List<Sentence> sentences) {
        var together = search.search(predictor, sentences);
        var oneAfterTheOther = joining(search, predictor, sentences);
        for (int i = 0; i < sentences.size(); i++) {
            var alone = search.search(predictor, sentences.subList(i, i + 1)).getFirst();
            assertSame(alone, together.get(i));
            assertSame(alone, oneAfterTheOther.get(i));
        }
    }

    /// Searches a sentence, beside which one or two others come at every other step.
    static List<List<Hypothesis>> joining(Search search, Predictor predictor, List<Sentence> sentences) {
        var found = new ArrayList<List<Hypothesis>>();
        var waiting = new ArrayDeque<>(Order.into(found, sentences));
        var steps = new AtomicInteger();
        while (!waiting.isEmpty())
            search.search(predictor, List.of(waiting.remove()), () -> {
                var more = new ArrayList<Order>();
                if (steps.incrementAndGet() % 2 == 0)
                    for (int n = 1 + steps.get() / 2 % 2; n > 0 && !waiting.isEmpty(); n--) more.add(waiting.remove());
                return more;
            });
        return found;
    }

    static void assertSame(List<Hypothesis> expected, List<Hypothesis> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).tokens(), actual.get(i).tokens());
            assertArrayEquals(expected.get(i).logProbabilities(), actual.get(i).logProbabilities());
            assertEquals(expected.get(i).score(), actual.get(i).score());
        }
    }

    /// All translations of up to four tokens, scored by forced decoding, best first.
    private static List<Hypothesis> everyTranslation(TinyModel tiny, Sentence sentence, LengthPenalty penalty) {
        var all = new ArrayList<Hypothesis>();
        var queue = new ArrayList<>(List.of(new int[0]));
        for (int i = 0; i < queue.size(); i++) {
            var tokens = queue.get(i);
            all.add(new Hypothesis(tokens, new float[0],
                    penalty.score(tiny.forced(sentence.tokens(), tokens), tokens.length + 1)));
            if (tokens.length == 4) continue;
            for (int token : new int[] {0, 4, 5, 6}) {
                var longer = Arrays.copyOf(tokens, tokens.length + 1);
                longer[tokens.length] = token;
                queue.add(longer);
            }
        }
        all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return all;
    }

    /// The definition: every prefix is decoded anew from its start, and none is given up.
    private static List<Hypothesis> plainBeam(Predictor predictor, Sentence sentence, BeamSearch search) {
        int maximum = search.lengths().maximum(sentence.length());
        var ended = new ArrayList<Hypothesis>();
        var prefixes = List.of(Prefix.EMPTY);
        while (!prefixes.isEmpty()) {
            var next = new ArrayList<Prefix>();
            for (var prefix : prefixes) {
                var row = row(predictor, sentence, prefix.tokens());
                for (int v = 0; v < row.length; v++) {
                    boolean end = v == Vocabulary.END;
                    if (v == Vocabulary.PADDING || v == Vocabulary.START) continue;
                    if (end ? prefix.length() < search.lengths().minimum() : prefix.length() == maximum) continue;
                    next.add(prefix.then(v, row[v]));
                }
            }
            next.sort(Comparator.comparingDouble(Prefix::total).reversed());
            var kept = next.subList(0, Math.min(search.size(), next.size()));
            for (var prefix : kept) if (prefix.token() == Vocabulary.END) ended.add(prefix.end(search.ranking()));
            prefixes = kept.stream().filter(prefix -> prefix.token() != Vocabulary.END).toList();
        }
        ended.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        return ended.subList(0, Math.min(search.best(), ended.size()));
    }

    private static float[] row(Predictor predictor, Sentence sentence, int[] prefix) {
        var state = predictor.start(List.of(sentence));
        var prediction = state.step(new int[] {Vocabulary.START}, AttentionListener.NONE);
        for (int token : prefix) prediction = prediction.state().step(new int[] {token}, AttentionListener.NONE);
        return prediction.logProbabilities().toArray();
    }
}
