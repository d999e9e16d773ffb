package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nmt4j.decoding.SearchTree.Fate;
import nmt4j.decoding.Settings.Wording;
import nmt4j.decoding.TinyModel.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SearchTraceTest {
    private static final int V = 9;
    private static final int K = 3;
    private static final List<String> LINES = List.of("a b c d", "e", "", "b b a");

    private static Settings settings(Family family) {
        return Settings.of(family.config().decoding()).withBeam(K);
    }

    private static List<Translation> translations(Ensemble models, Settings settings, List<String> lines) {
        try (var translator = Translator.of(models, Search.beam(settings, 1), 1, Translator.Options.BATCH_TOKENS)) {
            return translator.translate(lines);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBestWayThroughTheTreeIsTheTranslationWithItsScores(Family family) {
        for (long seed = 1; seed <= 3; seed++) {
            try (var tiny = TinyModel.of(family, V, seed)) {
                var models = Ensemble.of(tiny.loaded(family, V));
                var expected = translations(models, settings(family), LINES);
                var traces = SearchTrace.of(models, settings(family), LINES, 2);
                for (int i = 0; i < LINES.size(); i++)
                    assertIs(expected.get(i).candidates().getFirst(), traces.get(i).tree());
            }
        }
    }

    private static void assertIs(Translation.Candidate expected, SearchTree tree) {
        if (tree.nodes().isEmpty()) {
            assertEquals("", expected.text());
            return;
        }
        int best = tree.finished().getFirst();
        assertEquals(expected.tokens(), tree.tokens(best));
        assertEquals(expected.score(), tree.nodes().get(best).score().orElseThrow());
        var steps = tree.path(best).stream().skip(1).map(tree.nodes()::get).toList();
        var logProbabilities = new float[steps.size()];
        double total = 0;
        for (int t = 0; t < logProbabilities.length; t++) {
            logProbabilities[t] = steps.get(t).logProbability();
            total += logProbabilities[t];
            assertEquals(total, steps.get(t).total());
        }
        assertArrayEquals(expected.logProbabilities(), logProbabilities);
    }

    /// Of each step the K best are taken and the K next are pruned, none of which is better than any that was taken.
    @Test
    void eachStepTakesTheBestAndPrunesTheNext() {
        try (var tiny = TinyModel.of(V, 5)) {
            var models = Ensemble.of(tiny.loaded(Family.TRANSFORMER, V));
            var tree = SearchTrace.of(models, settings(Family.TRANSFORMER), List.of("a b c d e"), 1).getFirst().tree();
            int steps = IntStream.range(0, tree.nodes().size()).map(n -> tree.path(n).size() - 1).max().orElseThrow();
            for (int step = 1; step < steps; step++) {
                var taken = new ArrayList<Double>();
                var pruned = new ArrayList<Double>();
                for (int n = 0; n < tree.nodes().size(); n++)
                    if (tree.path(n).size() == step + 1)
                        (tree.nodes().get(n).fate() == Fate.PRUNED ? pruned : taken).add(tree.nodes().get(n).total());
                assertEquals(K, taken.size());
                assertEquals(K, pruned.size());
                assertTrue(pruned.stream().max(Double::compare).get() <= taken.stream().min(Double::compare).get());
            }
        }
    }

    @Test
    void whatMustNotBeSaidIsNotInTheTreeAndWhatIsGivenUpLeadsNowhere() {
        try (var tiny = TinyModel.of(V, 6)) {
            var models = Ensemble.of(tiny.loaded(Family.TRANSFORMER, V));
            int forbidden = TinyModel.codec(V).vocabulary().id("b");
            var plain = settings(Family.TRANSFORMER);
            var settings = new Settings(plain.config(), Stopping.BOUNDED, 0, plain.attention(), 0,
                    new Wording(0, 1, Wording.Unknown.FORBIDDEN, List.of(new int[] {forbidden})));
            int givenUp = 0;
            for (var trace : SearchTrace.of(models, settings, Arrays.asList("a b c d", "c c", "e a d"), 1))
                for (var node : trace.tree().nodes()) {
                    assertTrue(!node.token().equals("b") && !node.token().equals("<unk>"), node.toString());
                    if (node.parent() < 0) continue;
                    var parent = trace.tree().nodes().get(node.parent());
                    assertEquals(Fate.KEPT, parent.fate());
                    if (node.fate() == Fate.GIVEN_UP) givenUp++;
                }
            assertTrue(givenUp > 0);
        }
    }
}
