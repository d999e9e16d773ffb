package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nmt4j.Failure;
import nmt4j.decoding.TinyModel.Family;
import nmt4j.kernel.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What translations must be and must not be.
class RuleTest {
    private static final int V = 6; // two words, <unk>, </s>
    private static final Lengths FIVE = new Lengths(0, 0, 5);
    private static final int SPACE = 1 + 3 + 9 + 27 + 81 + 243;

    @Test
    void aRepeatedNgramIsForbiddenWhereItWouldEnd() {
        assertArrayEquals(new boolean[] {true, true, true, true, false, true},
                possible(Rule.noRepeatedNgram(3), 4, 5, 4, 4, 5));
        assertArrayEquals(new boolean[] {true, true, true, true, true, true},
                possible(Rule.noRepeatedNgram(3), 4, 5, 4));
        assertArrayEquals(new boolean[] {true, true, true, true, false, false},
                possible(Rule.noRepeatedNgram(1), 4, 5));
    }

    @Test
    void aForbiddenPhraseMayBeginButNotEnd() {
        assertArrayEquals(new boolean[] {true, true, true, true, true, true}, possible(Rule.forbidden(4, 5, 0), 5, 4));
        assertArrayEquals(new boolean[] {false, true, true, true, true, true},
                possible(Rule.forbidden(4, 5, 0), 4, 4, 5));
        assertArrayEquals(new boolean[] {true, true, true, true, true, false}, possible(Rule.forbidden(5)));
        assertArrayEquals(new boolean[] {false, true, true, true, true, true}, possible(Rule.NO_UNKNOWN, 4));
        assertArrayEquals(new boolean[] {true, true, true, false, true, true}, possible(Rule.minimumLength(2), 4));
        assertArrayEquals(new boolean[] {true, true, true, true, true, true}, possible(Rule.minimumLength(2), 4, 4));
    }

    @Test
    void aRepetitionWeighsMoreButIsReportedAsTheModelHasIt() {
        try (var arena = new Arena()) {
            var matrix = arena.matrix(1, V);
            matrix.fill(-2);
            var next = new NextTokens(matrix, 0);
            Rule.repetitionPenalty(1.5).apply(next, prefix(4, 4));
            assertEquals(-3, next.get(4)); // once, however often it is there
            assertEquals(-2, next.raw(4));
            assertEquals(-2, next.get(5));
        }
    }

    /// With p(a) = 0.5, p(b) = 0.3 at every step and θ = 2, a second a costs ln 0.25, so b comes second.
    @Test
    void theBeamChoosesByTheWeightAndScoresByTheProbability() {
        try (var table = TablePredictor.of(V, beginning -> beginning.size() < 2 ? new double[] {0, 0, 0, 0.2, 0.5, 0.3}
                : new double[] {0, 0, 0, 1, 0, 0})) {
            var rules = List.of(Rule.minimumLength(2), Rule.repetitionPenalty(2));
            var found = beam(1, rules).search(table, List.of(new Sentence(1, new int[] {4}))).getFirst().getFirst();
            assertArrayEquals(new int[] {4, 5}, found.tokens());
            assertEquals(Math.log(0.5) + Math.log(0.3), found.score(), 1e-6);
        }
    }

    /// p: "" 0.4; a 0.6 · 0.5; a a 0.6 · 0.5 · 1; the average log p of the longest is the highest, then of "a", then of "".
    @Test
    void aBeamIsDoneFirstFullOrWhenNothingBetterCanCome() {
        try (var table = TablePredictor.of(V, beginning -> switch (beginning.size()) {
            case 0 -> new double[] {0, 0, 0, 0.4, 0.6, 0};
            case 1 -> new double[] {0, 0, 0, 0.5, 0.5, 0};
            default -> new double[] {0, 0, 0, 1, 0, 0};
        })) {
            var lengths = List.of(0, 1, 2);
            for (var stopping : Stopping.values()) {
                var search = new BeamSearch(2, 1, new Ranking(LengthPenalty.AVERAGE), stopping, FIVE, List.of());
                var found = search.search(table, List.of(new Sentence(1, new int[] {4}))).getFirst();
                assertEquals(1, found.size());
                assertEquals(lengths.get(stopping.ordinal()), found.getFirst().tokens().length);
            }
        }
    }

    @Test
    void coverageIsTheLogarithmOfAttentionUpToOne() {
        assertEquals(Math.log(0.5) + Math.log(0.25), Ranking.coveragePenalty(new float[] {0.5f, 1.5f, 0.25f, 0.1f}),
                1e-6); // the last is of </s>
    }

    /// Both words are as likely; a looks at the first source word twice, b at the second: with β = 0.5, "a b" has the
    /// coverage 0.9 + 0.1 and 0.1 + 0.9 and so costs nothing.
    @Test
    void theBeamPrefersWhatLooksAtAllOfTheSource() {
        try (var table = TablePredictor.of(V, beginning -> beginning.size() < 2 ? new double[] {0, 0, 0, 0, 0.55, 0.45}
                : new double[] {0, 0, 0, 1, 0, 0})) {
            // the step that predicts the second word looks where the first word says
            var attending = table.attending(beginning -> switch (beginning.toString()) {
                case "[]" -> new float[] {0.9f, 0.1f, 0};
                case "[4]" -> new float[] {0.9f, 0.1f, 0};
                case "[5]" -> new float[] {0.1f, 0.9f, 0};
                default -> new float[] {0, 0, 1};
            });
            var free = new BeamSearch(9, 9, new Ranking(LengthPenalty.NONE), Stopping.BOUNDED, FIVE, List.of());
            var covering = new BeamSearch(9, 9, new Ranking(LengthPenalty.NONE, 0.5, AttentionHeads.ALL),
                    Stopping.BOUNDED, FIVE, List.of());
            var sentence = List.of(new Sentence(1, new int[] {4, 5}));
            assertArrayEquals(new int[] {4, 4}, free.search(attending, sentence).getFirst().getFirst().tokens());
            var best = covering.search(attending, sentence).getFirst();
            assertArrayEquals(new int[] {5, 4}, best.getFirst().tokens());
            assertEquals(Math.log(0.45 * 0.55), best.getFirst().score(), 1e-6);
            var worse =
                    best.stream().filter(h -> Arrays.equals(h.tokens(), new int[] {4, 4})).findFirst().orElseThrow();
            assertEquals(2 * Math.log(0.55) + 0.5 * Math.log(0.2), worse.score(), 1e-6);
            assertEquals(2 * Math.log(0.55), worse.logProbability(), 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCoverageInAScoreIsThatOfForcedDecoding(Family family) {
        var ranking = new Ranking(LengthPenalty.gnmt(0.6), 0.3, AttentionHeads.ALL);
        var search = new BeamSearch(3, 3, ranking, Stopping.FULL, FIVE, List.of(Rule.TEXT_ONLY));
        try (var tiny = TinyModel.of(family, V, 8); var predictor = tiny.predictor()) {
            var sentences = TinyModel.sentences(5, 5, V, 8);
            if (family == Family.WITHOUT_ATTENTION) {
                var failure = assertThrows(Failure.class, () -> search.search(predictor, sentences));
                assertTrue(failure.getMessage().startsWith("attention: the model has none"), failure.getMessage());
                return;
            }
            var found = search.search(predictor, sentences);
            var forced = new ForcedDecoding(ranking, Optional.empty());
            for (int i = 0; i < sentences.size(); i++)
                for (var hypothesis : found.get(i)) {
                    var pair = sentences.get(i).demanding(Demands.prefix(hypothesis.tokens()));
                    assertEquals(hypothesis.score(),
                            forced.search(predictor, List.of(pair)).getFirst().getFirst().score());
                }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWideBeamUnderRulesFindsTheBestOfAllThatKeepThem(Family family) {
        try (var tiny = TinyModel.of(family, V, 8); var predictor = tiny.predictor()) {
            var sentence = new Sentence(1, new int[] {4, 5, 5});
            var all = new ExhaustiveSearch(SPACE, LengthPenalty.AVERAGE, FIVE, List.of(Rule.TEXT_ONLY))
                    .search(predictor, List.of(sentence)).getFirst();
            assertFinds(all, predictor, sentence, List.of(Rule.noRepeatedNgram(2)),
                    tokens -> ngrams(tokens).distinct().count() == ngrams(tokens).count());
            assertFinds(all, predictor, sentence, List.of(Rule.forbidden(4, 5), Rule.NO_UNKNOWN),
                    tokens -> !holds(tokens, 4, 5) && !holds(tokens, 0));
            assertFinds(all, predictor, sentence.demanding(Demands.prefix(5, 0)), List.of(),
                    tokens -> tokens.length > 1 && tokens[0] == 5 && tokens[1] == 0);
            assertFinds(all, predictor, sentence.demanding(phrases(new int[] {5, 5}, new int[] {0})), List.of(),
                    tokens -> holds(tokens, 5, 5) && holds(tokens, 0));
            assertFinds(all, predictor, sentence.demanding(new Demands(new int[] {4}, List.of(new int[] {4, 5, 4}))),
                    List.of(), tokens -> tokens.length > 0 && tokens[0] == 4 && holds(tokens, 4, 5, 4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNarrowBeamHoldsItsPhrasesWhateverTheModelThinksOfThem(Family family) {
        try (var tiny = TinyModel.of(family, 29, 8); var predictor = tiny.predictor()) {
            var sentences = new ArrayList<Sentence>();
            for (var sentence : TinyModel.sentences(7, 5, 29, 8))
                sentences.add(sentence.demanding(phrases(new int[] {17, 12, 9}, new int[] {12, 22})));
            for (var found : beam(2, List.of(Rule.TEXT_ONLY)).search(predictor, sentences)) {
                assertFalse(found.isEmpty());
                for (var hypothesis : found)
                    assertTrue(holds(hypothesis.tokens(), 17, 12, 9) && holds(hypothesis.tokens(), 12, 22));
            }
        }
    }

    @Test
    void phrasesAreMetByTheWholeOnesAndTheBestBeginning() {
        var phrases = new Phrases(List.of(new int[] {4, 5}, new int[] {5, 4, 0}));
        assertEquals(5, phrases.total());
        assertEquals(0, phrases.met(new int[] {0, 0}));
        assertEquals(1, phrases.met(new int[] {0, 4}));
        assertEquals(2 + 1, phrases.met(new int[] {4, 5})); // the second begins with the end of the first
        assertEquals(2 + 2, phrases.met(new int[] {4, 5, 4}));
        assertEquals(2, phrases.met(new int[] {4, 5, 4, 4}));
        assertEquals(5, phrases.met(new int[] {4, 5, 4, 0}));
    }

    private static void assertFinds(List<Hypothesis> all, Predictor predictor, Sentence sentence, List<Rule> rules,
            Predicate<int[]> keeps) {
        var withText = new ArrayList<>(List.of(Rule.TEXT_ONLY));
        withText.addAll(rules);
        var search = new BeamSearch(SPACE, 4, new Ranking(LengthPenalty.AVERAGE), Stopping.BOUNDED, FIVE, withText);
        var expected = all.stream().filter(h -> keeps.test(h.tokens())).limit(4).toList();
        BeamSearchTest.assertSame(expected, search.search(predictor, List.of(sentence)).getFirst());
    }

    private static BeamSearch beam(int k, List<Rule> rules) {
        return new BeamSearch(k, k, new Ranking(LengthPenalty.NONE), Stopping.BOUNDED, FIVE, rules);
    }

    private static Demands phrases(int[]... phrases) {
        return new Demands(new int[0], List.of(phrases));
    }

    private static Stream<String> ngrams(int[] tokens) {
        return IntStream.range(0, Math.max(0, tokens.length - 1))
                .mapToObj(i -> tokens[i] + " " + tokens[i + 1]);
    }

    private static boolean holds(int[] tokens, int... phrase) {
        for (int i = 0; i + phrase.length <= tokens.length; i++)
            if (Arrays.equals(tokens, i, i + phrase.length, phrase, 0, phrase.length)) return true;
        return false;
    }

    private static boolean[] possible(Rule rule, int... tokens) {
        try (var arena = new Arena()) {
            var matrix = arena.matrix(1, V);
            matrix.fill(-1);
            var next = new NextTokens(matrix, 0);
            rule.apply(next, prefix(tokens));
            var possible = new boolean[V];
            for (int v = 0; v < V; v++) possible[v] = next.isPossible(v);
            return possible;
        }
    }

    private static Prefix prefix(int... tokens) {
        var prefix = Prefix.EMPTY;
        for (int token : tokens) prefix = prefix.then(token, -1);
        return prefix;
    }
}
