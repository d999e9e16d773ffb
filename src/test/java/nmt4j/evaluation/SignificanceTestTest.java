package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import nmt4j.Failure;
import nmt4j.SharedFiles;

class SignificanceTestTest {
    private static final List<String> REFERENCE = List.of("a b c d e", "f g h i j", "k l m n o", "p q r s t");
    private static final List<String> SYSTEM = List.of("a b c d x", "f g h i j", "k l m y o", "p q r s t");
    private static final List<String> OTHER = List.of("a b c d e", "f g h x x", "k l m n o", "p q x s t");

    @Test
    void agreesWithSacreBleuOnTwoHundredLines() throws IOException {
        agreesWithSacreBleu(200);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {1000, 3004})
    void agreesWithSacreBleuOnWholeSystems(int lines) throws IOException {
        agreesWithSacreBleu(lines);
    }

    /// `sacrebleu ref -i a b c --paired-bs` and `--paired-ar`, scores in all digits.
    private static void agreesWithSacreBleu(int lines) throws IOException {
        var folder = SharedFiles.require("golden/bleu/wmt17-en-de");
        var reference = Files.readAllLines(folder.resolve("ref.de"));
        for (var golden : GoldenCase.read(SharedFiles.require("golden/compare/paired.jsonl"))) {
            if (golden.json().get("lines").asInt() != lines)
                continue;
            var references = References.ofStreams(List.of(reference.subList(0, lines)));
            var systems = new ArrayList<List<String>>();
            for (var name : List.of("baseline", "system"))
                systems.add(Files.readAllLines(folder.resolve(golden.text(name))).subList(0, lines));
            for (var metric : List.of(Bleu.standard(), Chrf.standard()))
                check(golden.json().get(metric.name()), test(golden).compare(metric,
                        systems.stream().map(system -> metric.statistics(system, references)).toList()).getLast());
        }
    }

    private static SignificanceTest test(GoldenCase golden) {
        int trials = golden.json().get("trials").asInt();
        return golden.text("test").equals("bs") ? new Bootstrap(trials, SignificanceTest.DEFAULT_SEED)
                : new ApproximateRandomization(trials, SignificanceTest.DEFAULT_SEED);
    }

    /// sacreBLEU's p to the last trial; its means and intervals to float32's digits.
    private static void check(JsonNode expected, Comparison got) {
        assertEquals(expected.get("score").asDouble(), got.score().score(), 1e-11);
        if (!expected.get("p").isNull())
            assertEquals(expected.get("p").asDouble(), got.p().orElseThrow(), 1e-12);
        if (!expected.get("mean").isNull()) {
            assertEquals(expected.get("mean").asDouble(), got.interval().orElseThrow().mean(), 1e-4);
            assertEquals(expected.get("ci").asDouble(), got.interval().orElseThrow().halfWidth(), 1e-4);
        }
    }

    @Test
    void agreesWithSacreBleuOnConfidence() throws IOException {
        var folder = SharedFiles.require("golden/bleu/wmt17-en-de");
        var references = References.ofStreams(List.of(Files.readAllLines(folder.resolve("ref.de"))));
        var hypotheses = Files.readAllLines(folder.resolve("newstest2017.KIT.4950.en-de"));
        var expected = new ObjectMapper().readTree(
                SharedFiles.require("golden/compare/confidence-KIT.json").toFile());
        var metrics = List.of(Bleu.standard(), Chrf.standard(), Ter.standard());
        for (int m = 0; m < metrics.size(); m++) {
            var statistics = metrics.get(m).statistics(hypotheses, references);
            var interval = Bootstrap.standard().interval(metrics.get(m), statistics);
            assertEquals(expected.get(m).get("confidence").asText(), "μ = " + interval.text(1));
        }
    }

    /// `PairedTest([("system", SYSTEM), ("other", OTHER)], {"TER": TER()}, [REFERENCE], test_type="bs")()`, then "ar".
    @Test
    void agreesWithSacreBleuOnFourSentences() {
        var systems = List.of(statistics(SYSTEM), statistics(OTHER));
        var bootstrap = Bootstrap.standard().compare(Ter.standard(), systems);
        assertEquals("9.9600 ± 10.0000", bootstrap.getFirst().interval().orElseThrow().text(4));
        assertEquals("15.1650 ± 15.0000", bootstrap.getLast().interval().orElseThrow().text(4));
        assertEquals(255 / 1001., bootstrap.getLast().p().orElseThrow(), 1e-12);
        var randomization = ApproximateRandomization.standard().compare(Ter.standard(), systems);
        assertEquals(4996 / 10001., randomization.getLast().p().orElseThrow(), 1e-12);
    }

    @Test
    void aSystemDoesNotDifferFromItself() {
        var systems = List.of(statistics(SYSTEM), statistics(SYSTEM));
        assertEquals(1 / 1001., Bootstrap.standard().compare(Ter.standard(), systems).getLast().p().orElseThrow());
        assertTrue(Bootstrap.standard().compare(Ter.standard(), systems).getFirst().p().isEmpty());
    }

    @Test
    void aCorpusOfEqualSegmentsHasNoSpread() {
        var text = Collections.nCopies(5, "a b c d x");
        var references = References.ofStreams(List.of(Collections.nCopies(5, "a b c d e")));
        var statistics = Bleu.standard().statistics(text, references);
        assertEquals("66.87 ± 0.00", Bootstrap.standard().interval(Bleu.standard(), statistics).text(2));
    }

    @Test
    void leavesOutOneFortiethAtEachEnd() {
        var scores = new double[80];
        Arrays.setAll(scores, i -> 79 - i);
        assertEquals(new Interval(39.5, 0.5 * (77 - 2)), Interval.of(scores));
    }

    @Test
    void needsTrials() {
        assertThrows(Failure.class, () -> new Bootstrap(0, 1));
        assertThrows(Failure.class, () -> new ApproximateRandomization(-1, 1));
    }

    private static double[][] statistics(List<String> system) {
        return Ter.standard().statistics(system, References.ofStreams(List.of(REFERENCE)));
    }
}
