package nmt4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import nmt4j.Failure;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.BleuTokenizer;
import nmt4j.evaluation.Evaluation;
import nmt4j.evaluation.References;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final AttentionPicture PICTURE = new AttentionPicture(List.of("ein", "Hund", "</s>"),
            List.of("a", "dog"), List.of(new AttentionPicture.Part(1, 1, new float[][] {{0.9f, 0, 0.1f}, {0, 1, 0}}),
                    new AttentionPicture.Part(1, 2, new float[][] {{0.1f, 0, 0.9f}, {0, 0.5f, 0.5f}})));

    @TempDir
    private Path folder;

    private Run run(String name) throws IOException {
        var of = Files.createDirectories(folder.resolve(name));
        Files.writeString(of.resolve("config.json"), "{\"seed\": 1}");
        Files.writeString(of.resolve("metrics.jsonl"), """
                {"event":"training","update":100,"epoch":1,"loss":5.5,"learningRate":1.0E-4,"skipped":0}
                {"event":"validation","update":100,"bleu":10.5,"loss":4.5,"perplexity":90.0,"accuracy":0.25,"best":true}
                {"event":"training","update":200,"epoch":1,"loss":null,"learningRate":2.0E-4,"skipped":0}
                {"event":"validation","update":200,"bleu":9.5,"loss":4.75,"perplexity":115.0,"accuracy":0.25,"best":false}
                {"event":"end","update":200,"reason":"MAX_UPDATES","bestUpdate":100}
                {"event":"training","upd""");
        Files.writeString(of.resolve("train.log"), """
                validation, update 100: loss 4.5
                  source      ein <b> Hund
                  reference   a dog
                  translation a cat
                stopped after update 150; --resume goes on
                validation, update 1,200: loss 4.75
                  source      ein <b> Hund
                  reference   a dog
                  translation a dog
                """);
        Files.writeString(of.resolve("starts.jsonl"), """
                {"program":"nmt4j","corpus check":"3 empty sides"}
                {"program":"nmt4j","update":150}
                {"program":"nmt4j","update":200}
                """);
        Files.createDirectories(of.resolve("checkpoints"));
        Files.writeString(of.resolve("checkpoints/update-100.safetensors"), "");
        return RunReader.read(of);
    }

    private Chapter chapter(String name, String... translations) throws IOException {
        var texts = new Texts(List.of("ein Hund läuft", "eine Katze"), List.of("a dog runs here", "a cat"),
                List.of(translations), Bleu.standard().tokenizedBy(BleuTokenizer.NONE), Map.of("ein", 3, "Hund", 1),
                Map.of("a", 200, "dog", 4));
        return new Chapter(run(name), Optional.of(texts), List.of(PICTURE), List.of(new Chapter.Fact("file", "x.de")),
                List.of(new Chapter.Fact("command", "nmt train \"x\"")));
    }

    @Test
    void aRunIsReadUpToWhatIsNotWholeYet() throws IOException {
        var run = run("one");
        assertEquals(2, run.training().size());
        assertEquals(100, run.best().orElseThrow().update());
        assertTrue(Double.isNaN(run.training().getLast().value("loss")));
        assertEquals(Optional.of("MAX_UPDATES"), run.ending());
        assertEquals(List.of(new Run.Mark(150, "stopped"), new Run.Mark(150, "resumed"),
                new Run.Mark(100, "checkpoint")), run.marks());
        assertTrue(Curves.json(List.of(run)).contains("\"stopped, resumed\""));
        assertEquals(List.of(new Run.Version(100, "a cat"), new Run.Version(1200, "a dog")),
                run.samples().getFirst().versions());
        assertThrows(Failure.class, () -> RunReader.read(folder));
    }

    @Test
    void aCarriageReturnInASampleIsText() throws IOException {
        run("one");
        var of = folder.resolve("one");
        Files.writeString(of.resolve("train.log"), """
                validation, update 100: loss 4.5\r
                  source      ein\rHund
                  reference   a dog\rstopped after update 7; --resume goes on
                  translation a\rvalidation, update 9: loss 1
                """);
        var run = RunReader.read(of);
        assertEquals(List.of(new Run.Sample("ein\rHund", "a dog\rstopped after update 7; --resume goes on",
                List.of(new Run.Version(100, "a\rvalidation, update 9: loss 1")))), run.samples());
        assertTrue(run.marks().stream().noneMatch(mark -> mark.label().startsWith("stopped")), run.marks()::toString);
    }

    @Test
    void thePageAsksForNothingFromANetworkAndNamesEverythingOnce() throws IOException {
        var page = ReportPage.of(List.of(chapter("one", "a dog", "a cat"), chapter("two", "a cat", "a cat here")),
                OptionalInt.of(5));
        assertFalse(Pattern.compile("(src|href)=\"(?!#|data:)").matcher(page.replaceAll("(?s)<script.*?</script>", ""))
                .find());
        assertTrue(page.contains("default-src 'none'"));
        assertTrue(page.length() < 3_000_000);
        var ids = new HashSet<String>();
        Pattern.compile(" id=\"([^\"]*)\"").matcher(page.replaceAll("(?s)<script>.*?</script>", "")).results()
                .forEach(id -> assertTrue(ids.add(id.group(1)), id.group(1)));
        for (var link : List.of("summary", "comparison", "curves", "main")) assertTrue(ids.contains(link), link);
        assertFalse(page.contains("<b> Hund"));
        assertTrue(page.contains("ein &lt;b&gt; Hund"));
    }

    @Test
    void theVerdictTellsBestEndAndLength() throws IOException {
        var said = String.join(" ", Verdict.sentences(chapter("one", "a dog", "a")));
        assertTrue(said.contains("ended after 200 updates: training.maxUpdates was reached."), said);
        assertTrue(said.contains("that of update 100: BLEU 10.50"), said);
        assertTrue(said.contains("Translations are 0.50 times as long as their references: too short"), said);
    }

    @Test
    void runsAreComparedOnTheSameSentencesAlone() throws IOException {
        var one = chapter("one", "a dog", "a cat");
        assertTrue(
                TextSections.comparison(List.of(one, chapter("two", "a cat", "a cat"))).contains("Paired bootstrap"));
        var other = new Texts(List.of("ein"), List.of("a"), List.of("a"), Bleu.standard(), Map.of(), Map.of());
        var elsewhere = new Chapter(run("two"), Optional.of(other), List.of(), List.of(), List.of());
        assertTrue(TextSections.comparison(List.of(one, elsewhere)).contains("different validation sets"));
        var without = new Chapter(run("two"), Optional.empty(), List.of(), List.of(), List.of());
        assertTrue(TextSections.comparison(List.of(one, without)).contains("--translate"));
    }

    /// BLEU = (179/180 · 164/165 · 149/150 · 134/135)^¼.
    @Test
    void theVerdictTellsWhereTheModelIsBestAndWorst() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 30; i++) lines.add(i < 15 ? "a b c d e" : "f g h i j k l m n o p q");
        var translations = new ArrayList<>(lines);
        translations.set(29, "f g h i j k l m n o p r");
        var texts = new Texts(lines, lines, translations, Bleu.standard().tokenizedBy(BleuTokenizer.NONE), Map.of(),
                Map.of());
        assertEquals(List.of("By length: best with 0-10 words, BLEU 100.0; worst with 11-20 words, BLEU 99.4."),
                Verdict.strengths(texts));
    }

    @Test
    void whatDiffersFromTheReferenceIsMarked() {
        assertEquals("a <del>dog runs</del> <ins>cat</ins> here", WordDifference.html("a cat here", "a dog runs here"));
        assertEquals("<ins>x</ins>", WordDifference.html("x", ""));
    }

    @Test
    void anNgramThatOneLineLacksIsLostAlsoIfAnotherHasItTooOften() {
        var balance = NgramBalance.of(List.of("a a", "b"), List.of("a", "a b"), 1, 2, 9);
        assertEquals(List.of(new NgramBalance.Entry("a", 1), new NgramBalance.Entry("a b", 1)), balance.lost());
        assertEquals(List.of(new NgramBalance.Entry("a", 1), new NgramBalance.Entry("a a", 1)), balance.gained());
    }

    @Test
    void sentencesFallIntoClasses() throws IOException {
        var texts = chapter("one", "a dog", "a cat").texts().orElseThrow();
        assertEquals(List.of("0-10"), texts.byLength().stream().map(Texts.Group::label).toList());
        assertEquals(List.of("never seen"), texts.byRarestWord().stream().map(Texts.Group::label).toList());
        assertEquals(List.of("one", "two and more"), texts.byUnknownWords().stream().map(Texts.Group::label).toList());
        assertEquals(List.of(0), texts.worst(1));
    }

    /// U+00A0 and U+0085 are white space, as for eval.
    @Test
    void lengthsAreThoseOfEval() {
        var references = List.of("a\u00a0".repeat(11), "a\u0085b", "", "a ".repeat(61));
        var texts = new Texts(references, references, references, Bleu.standard().tokenizedBy(BleuTokenizer.NONE),
                Map.of(), Map.of());
        var evaluation = Evaluation.of(texts.bleu(), references, References.ofStreams(List.of(references)))
                .byLength(texts.bleu(), references, References.ofStreams(List.of(references)));
        assertEquals(List.of("0-10", "11-20", "61+"), texts.byLength().stream().map(Texts.Group::label).toList());
        assertEquals(List.of(2, 1, 1), texts.byLength().stream().map(Texts.Group::lines).toList());
        assertEquals(evaluation.byLength().stream().map(of -> of.length().label() + " " + of.score().score()).toList(),
                texts.byLength().stream().map(of -> of.label() + " " + of.score().score()).toList());
    }

    /// "a" stands 200 times in training, in 2 references, in 2 translations, and twice in both; "runs" is in no translation.
    @Test
    void wordsAreCountedByTheirFrequencyInTraining() throws IOException {
        var groups = chapter("one", "a dog", "a cat").texts().orElseThrow().byWordFrequency();
        assertEquals(List.of(new Texts.WordGroup("never seen", 3, 1, 2 * 1 / 4.0),
                new Texts.WordGroup("1–4 times", 1, 1, 1), new Texts.WordGroup("100–999", 2, 2, 1)), groups);
    }

    @Test
    void anAttentionMatrixAsAFileIsXmlForLightAndDark() throws Exception {
        var svg = AttentionSvg.file(PICTURE, "Attention");
        DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertTrue(svg.contains("<title>Attention: a – ein, dog – Hund</title>\n<style>"), svg);
    }

    @Test
    void aMatrixIsTheMeanOfItsHeads() {
        assertEquals(List.of("ein Hund </s>", "  a │▓▓  ▓▓│ ein", "dog │  ██▒▒│ Hund", ""),
                AttentionText.lines(PICTURE));
        assertEquals("a – ein, dog – Hund", PICTURE.described(PICTURE.mean()));
    }

    @Test
    void whatIsTooLongToCompareIsShownAsItIs() {
        var text = "word ".repeat(3000).strip();
        assertEquals(text, WordDifference.html(text, text + " more"));
        assertEquals("a <del>b</del>", WordDifference.html("a", "a b"));
    }

    @Test
    void noCharacterThatXmlForbidsStandsInAPage() {
        assertEquals("a\ufffd\ufffd\ufffd&lt;", Html.text("a\u0000\ufffe\uffff<"));
    }

    /// A sign between two subwords is as wide as two letters.
    @Test
    void wideLettersHaveRoomInPictures() {
        assertEquals(2 * 1.05 + 3 * 0.6, Html.width("nie@@"), 1e-12);
        assertEquals(2 * 1.05, Html.width("中文"), 1e-12);
    }
}
