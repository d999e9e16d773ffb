package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

import nmt4j.text.Whitespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import nmt4j.SharedFiles;

/// What sacreBLEU 2.6.0 said of thousands of texts; every score equals it to ten decimals and more
/// (the last bit of exp and log is the machine's).
class GoldenTest {
    /// `python src/test/resources/evaluation/golden.py 240 7`
    @Test
    void equalsSacreBleuOnNastyText() throws IOException {
        for (var golden : GoldenCase.resource("golden.jsonl"))
            assertEquals(golden.text("verbose"), checked(golden, "expected"), golden::toString);
    }

    @Test
    void equalsSacreBleuOnRandomChangesInSevenLanguages() throws IOException {
        for (var golden : GoldenCase.read(SharedFiles.require("golden/metrics/cases.jsonl"))) {
            var printed = checked(golden, "expected");
            if (golden.json().has("verbose"))
                assertEquals(golden.text("verbose"), printed);
        }
    }

    @Test
    void equalsTheUnitTestsOfSacreBleu() throws IOException {
        for (var golden : GoldenCase.read(SharedFiles.require("golden/bleu/cases.jsonl")))
            checked(golden, "recomputed");
    }

    /// The score as `str(score)` prints it in Python, once its bits and its signature have been checked.
    private static String checked(GoldenCase golden, String expected) {
        var score = golden.score();
        assertEquals(golden.json().get(expected).asDouble(), score.score(), 1e-11, golden::toString);
        if (golden.json().has("signature"))
            assertEquals(golden.text("signature"), golden.metric().signature(golden.references()).toString());
        var printed = score.name() + " = " + Score.rounded(score.score(), 2);
        return score.verbose().isEmpty() ? printed : printed + ' ' + score.verbose();
    }

    @Test
    void equalsSacreBleuOnTheSystemsOfWmt17() throws IOException {
        var folder = SharedFiles.require("golden/bleu/wmt17-en-de");
        var references = References.ofStreams(List.of(Files.readAllLines(folder.resolve("ref.de"))));
        var metrics = List.of(Bleu.standard(), Bleu.standard().tokenizedBy(BleuTokenizer.NONE),
                Bleu.standard().tokenizedBy(BleuTokenizer.INTL), Bleu.standard().lowercased(), Chrf.standard(),
                Chrf.standard().withWordOrder(2));
        for (var line : Files.readAllLines(folder.resolve("expected.tsv"))) {
            var fields = line.split("\t");
            if (line.startsWith("#"))
                continue;
            var hypotheses = Files.readAllLines(folder.resolve(fields[0]));
            var verbose = metrics.getFirst().score(hypotheses, references).verbose();
            assertTrue(fields[8].endsWith(verbose), line);
            for (int m = 0; m < metrics.size(); m++)
                if (!fields[2 + m].equals("-"))
                    assertEquals(fields[2 + m],
                            Score.rounded(metrics.get(m).score(hypotheses, references).score(), 10), line);
        }
    }

    @Test
    void equalsThePublishedTranslationEditRates() throws IOException {
        var folder = SharedFiles.require("golden/bleu/wmt17-en-de");
        var references = References.ofStreams(List.of(Files.readAllLines(folder.resolve("ref.de"))));
        int checked = 0;
        for (var line : Files.readAllLines(folder.resolve("published-sacrebleu-test.tsv"))) {
            var fields = line.split("\t");
            if (!fields[1].equals("TER") || checked == 2)
                continue;
            var ter = Ter.standard().score(Files.readAllLines(folder.resolve(fields[0])), references);
            assertEquals(Double.parseDouble(fields[2]), ter.score() / 100, 0.0005, line);
            checked++;
        }
        assertEquals(2, checked);
    }

    @Test
    void equalsTheScoresOfSingleSentences() throws IOException {
        var folder = SharedFiles.require("golden/bleu/wmt17-en-de");
        var hypotheses = Files.readAllLines(folder.resolve("newstest2017.uedin-nmt.4722.en-de"));
        var references = Files.readAllLines(folder.resolve("ref.de"));
        var expected = Files.readAllLines(folder.resolve("uedin-nmt.first500.sentence-scores.tsv"));
        for (int i = 0; i < 500; i++) {
            var reference = List.of(references.get(i));
            var bleu = Bleu.standard().withEffectiveOrder().sentenceScore(hypotheses.get(i), reference);
            var chrf = Chrf.standard().sentenceScore(hypotheses.get(i), reference);
            assertEquals(expected.get(i + 1), Score.rounded(bleu.score(), 6) + '\t' + Score.rounded(chrf.score(), 6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cs 13a intl", "de 13a intl", "en 13a intl", "fr 13a intl", "ru 13a intl",
            "ja 13a intl zh char", "zh 13a intl zh char"})
    void tokenizersEqualSacreBleu(String languageAndTokenizers) throws IOException {
        var fields = Whitespace.split(languageAndTokenizers);
        var folder = SharedFiles.require("golden/bleu/tokenizers");
        var lines = lines(Files.readString(folder.resolve(fields.getFirst() + ".raw"), StandardCharsets.UTF_8));
        for (var label : fields.subList(1, fields.size())) {
            var tokenizer = BleuTokenizer.named(label).orElseThrow();
            var expected = lines(Files.readString(folder.resolve(fields.getFirst() + '.' + label)));
            for (int i = 0; i < lines.size(); i++)
                assertEquals(Whitespace.split(expected.get(i)), tokenizer.tokenize(Whitespace.stripEnd(lines.get(i))));
        }
    }

    @Test
    void tokenizersEqualSacreBleuOnEdges() throws IOException {
        for (var edge : GoldenCase.read(SharedFiles.require("golden/bleu/tokenizers/edge.jsonl")))
            for (var tokenizer : BleuTokenizer.values())
                if (edge.json().has(tokenizer.label()))
                    assertEquals(Whitespace.split(edge.text(tokenizer.label())), tokenizer.tokenize(edge.text("raw")));
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }
}
