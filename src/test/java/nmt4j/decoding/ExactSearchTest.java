package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import nmt4j.Failure;
import nmt4j.decoding.TinyModel.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Searches that see everything, on random models that say little.
class ExactSearchTest {
    private static final int V = 6; // two words, <unk>, </s>
    private static final Lengths SIX = new Lengths(0, 0, 6);
    private static final int SPACE = 1 + 3 + 9 + 27 + 81 + 243 + 729;
    private static final List<Rule> RULES = List.of(Rule.TEXT_ONLY);
    private static final List<LengthPenalty> PENALTIES =
            List.of(LengthPenalty.NONE, LengthPenalty.AVERAGE, LengthPenalty.gnmt(0.6), LengthPenalty.reward(0.7));

    @ParameterizedTest
    @EnumSource
    void exhaustiveExactAndABeamAsWideAsTheSpaceAgree(Family family) {
        try (var tiny = TinyModel.of(family, V, 8); var predictor = tiny.predictor()) {
            var sentences = TinyModel.sentences(2, 5, V, 8);
            for (var penalty : PENALTIES) {
                var all = new ExhaustiveSearch(5, penalty, SIX, RULES).search(predictor, sentences);
                var exact = exact(5, penalty, SPACE).search(predictor, sentences);
                BeamSearchTest.assertSame(all.get(0), exact.get(0));
                BeamSearchTest.assertSame(all.get(1), exact.get(1));
                assertTrue(exact.get(1).getFirst().remarks().certificate().orElseThrow().isOptimal());
                if (penalty != LengthPenalty.AVERAGE) continue; // the widest beam is slow
                var beam = BeamSearchTest.beam(SPACE, 5, penalty, SIX).search(predictor, sentences);
                BeamSearchTest.assertSame(all.get(0), beam.get(0));
                BeamSearchTest.assertSame(all.get(1), beam.get(1));
            }
        }
    }

    @Test
    void anExhaustiveSearchSeesEveryTranslationOnceAndTheirProbabilitiesSumToThatOfShortOnes() {
        try (var tiny = TinyModel.of(V, 3); var predictor = tiny.predictor()) {
            var all = new ExhaustiveSearch(SPACE + 1, LengthPenalty.NONE, SIX, RULES)
                    .search(predictor, List.of(new Sentence(1, new int[] {4, 5}))).getFirst();
            assertEquals(SPACE, all.size());
            assertEquals(SPACE, all.stream().map(h -> Arrays.toString(h.tokens())).distinct().count());
            double sum = 0;
            for (var hypothesis : all) sum += Math.exp(hypothesis.logProbability());
            assertTrue(sum < 1 && sum > 0.1, "sum: " + sum);
        }
    }

    @Test
    void whereTheLimitComesFirstTheBoundHoldsAndTheBeamsTranslationStays() {
        try (var tiny = TinyModel.of(V, 3); var predictor = tiny.predictor()) {
            var sentences = List.of(new Sentence(1, new int[] {4, 5, 5}));
            double optimum = exact(1, LengthPenalty.gnmt(1), SPACE).search(predictor, sentences).getFirst().getFirst()
                    .score();
            var greedy = BeamSearchTest.beam(1, 1, LengthPenalty.gnmt(1), SIX).search(predictor, sentences).getFirst();
            int proofs = 0;
            double lastBound = Double.POSITIVE_INFINITY;
            for (int limit = 1; limit < SPACE; limit += 1 + limit / 3) {
                var found = exact(1, LengthPenalty.gnmt(1), limit).search(predictor, sentences).getFirst().getFirst();
                var certificate = found.remarks().certificate().orElseThrow();
                assertTrue(certificate.steps() <= limit);
                assertTrue(certificate.bound() >= optimum && found.score() >= greedy.getFirst().score());
                assertEquals(certificate.isOptimal(), certificate.bound() == found.score());
                if (certificate.isOptimal()) {
                    proofs++;
                    assertEquals(optimum, found.score());
                } else {
                    assertEquals(0, proofs, "more steps lost a proof");
                    assertTrue(certificate.bound() <= lastBound);
                    lastBound = certificate.bound();
                }
            }
            assertTrue(proofs > 0 && lastBound < Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void withoutTimeNothingIsProvedAndTheBeamsTranslationIsTheLeast() {
        try (var tiny = TinyModel.of(V, 3); var predictor = tiny.predictor()) {
            var sentences = List.of(new Sentence(1, new int[] {4, 5, 5}));
            var greedy = BeamSearchTest.beam(1, 1, LengthPenalty.NONE, SIX);
            var found = new ExactSearch(1, LengthPenalty.NONE, SIX, RULES, greedy, new Effort(SPACE, 0))
                    .search(predictor, sentences).getFirst().getFirst();
            var certificate = found.remarks().certificate().orElseThrow();
            assertFalse(certificate.isOptimal());
            assertEquals(1, certificate.steps());
            assertTrue(certificate.bound() > found.score());
            assertTrue(found.score() >= greedy.search(predictor, sentences).getFirst().getFirst().score());
        }
    }

    /// Exact search must not look at more than it has to: with p = 0.9 for the best at each step, nothing else can win.
    @Test
    void nothingIsLookedAtThatCanNotWin() {
        try (var table =
                TablePredictor.of(V, beginning -> beginning.size() < 3 ? new double[] {0, 0, 0, 0.05, 0.9, 0.05}
                        : new double[] {0, 0, 0, 0.9, 0.05, 0.05})) {
            var found = exact(1, LengthPenalty.NONE, SPACE).search(table, List.of(new Sentence(1, new int[] {4})));
            assertArrayEquals(new int[] {4, 4, 4}, found.getFirst().getFirst().tokens());
            assertEquals(4 * Math.log(0.9), found.getFirst().getFirst().score(), 1e-6);
            assertEquals(4, found.getFirst().getFirst().remarks().certificate().orElseThrow().steps());
        }
    }

    @Test
    void aSpaceTooLargeIsRefused() {
        try (var tiny = TinyModel.of(97, 3); var predictor = tiny.predictor()) {
            var search = new ExhaustiveSearch(1, LengthPenalty.NONE, SIX, RULES);
            var failure = assertThrows(Failure.class,
                    () -> search.search(predictor, List.of(new Sentence(7, new int[] {4}))));
            assertTrue(failure.getMessage().startsWith("line 7: more than 100,000 beginnings"), failure.getMessage());
        }
    }

    private static ExactSearch exact(int best, LengthPenalty penalty, long limit) {
        var first = BeamSearchTest.beam(Math.max(2, best), best, penalty, SIX);
        return new ExactSearch(best, penalty, SIX, RULES, first, Effort.steps(limit));
    }
}
