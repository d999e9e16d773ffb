package nmt4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nmt4j.Main;
import nmt4j.config.Config;
import nmt4j.model.ModelFile;
import nmt4j.text.CharacterTokenizer;
import nmt4j.text.RawBpeTokenizer;
import nmt4j.text.TextCodec;
import nmt4j.text.TokenCounts;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslateCommandTest {
    @TempDir
    private static Path folder;
    private static Path model;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void writeARandomModel() {
        var config = Config.parse("""
                {"data": {"train": [{"source": "a", "target": "b"}], "maxLength": 50, "tokenizer": {"type": "rawBpe"}},
                 "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 12, "numHeads": 2, "encoderLayers": 1,
                           "decoderLayers": 1},
                 "decoding": {"beamSize": 2, "maxLength": {"factor": 0, "extra": 5}}}""", "tiny");
        var tokenizer = RawBpeTokenizer.learn(List.of("ein kleiner Satz"), 5);
        var codec = new TextCodec(tokenizer, new TokenCounts().vocabulary(tokenizer.alphabet(), 1, 1000), false);
        model = folder.resolve("model.safetensors");
        try (var tiny = ModelFile.declare(config, codec, codec)) {
            tiny.model().parameters().allocate(false);
            tiny.model().parameters().initialize(3);
            ModelFile.write(model, tiny, 0, Map.of());
        }
    }

    @Test
    void oddLinesComeOutOneForOne() {
        var odd = List.of("", " ", "\t", "a\u2028b\u0085c", "nul \0 byte", "😀 👩‍👩‍👧", "שלום עולם",
                "word ".repeat(500), "\uFEFFx", "</s>", "\r",
                "last without newline");
        assertEquals(0, run(String.join("\n", odd), "translate", model.toString()));
        assertEquals(odd.size(), out.toString().chars().filter(c -> c == '\n').count());
        var answers = out.toString().split("\n", -1);
        for (int blank : new int[] {0, 1, 2}) assertEquals("", answers[blank]);
        assertTrue(
                err.toString(UTF_8).contains("nmt: line 8: longer than the sentences the model knows: translated in "),
                err.toString(UTF_8));
    }

    /// Greedy search computes probabilities only where they are written; the words are the same.
    @Test
    void aBeamOfOneSaysTheSameWithAndWithoutScores() throws IOException {
        var lines = "ein\nkleiner Satz\n\nSatz Satz kleiner\n";
        var expected = translated(lines, "--beam", "1").lines().toList();
        var json = new ObjectMapper();
        var inJson = new ArrayList<String>();
        for (var line : translated(lines, "--beam", "1", "--format", "jsonl").lines().toList()) {
            var best = json.readTree(line).get("translations").get(0);
            inJson.add(best.get("text").asText());
            assertTrue(best.get("score").isNumber() && best.get("logProbability").asDouble() <= 0, line);
        }
        assertEquals(expected, inJson);
        var inMoses =
                translated(lines, "--beam", "1", "--n-best", "1").lines().map(line -> line.split(" \\|\\|\\| ", -1))
                        .toList();
        assertEquals(expected, inMoses.stream().map(parts -> parts[1]).toList());
        for (var parts : inMoses) assertFalse(String.join(" ", parts).contains("NaN"));
        assertEquals(expected, translated(lines, "--beam", "1", "--alignment", "hard").lines()
                .map(line -> line.replaceFirst(" \\|\\|\\| .*", "")).toList());
    }

    private String translated(String lines, String... options) {
        out.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of("translate", model.toString()));
        arguments.addAll(List.of(options));
        assertEquals(0, run(lines, arguments.toArray(String[]::new)), err.toString(UTF_8));
        return out.toString();
    }

    @Test
    void aHundredThousandWordsAndALineWithoutABreakAreTranslatedInPieces() {
        assertEquals(0, run("ein\n" + "e ".repeat(100_000) + "\n" + "x".repeat(100_000) + "\nein", "translate",
                model.toString(), "--beam", "1", "--max-length", "1"));
        var answers = out.toString().split("\n", -1);
        assertEquals(5, answers.length);
        assertEquals(answers[0], answers[3]);
        var said = err.toString(UTF_8).lines().toList();
        for (int i = 0; i < 2; i++)
            assertTrue(said.get(i).matches("nmt: line " + (i + 2)
                    + ": longer than the sentences the model knows: translated in \\d{4,} pieces"), said.get(i));
        assertEquals(2, said.size());
    }

    @Test
    void aModelThatSpellsLineEndsGivesOneLineEach() throws IOException {
        var config = Config.parse("""
                {"data": {"train": [{"source": "a", "target": "b"}], "tokenizer": {"type": "char"}},
                 "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 12, "numHeads": 2,
                           "encoderLayers": 1, "decoderLayers": 1}}""", "tiny");
        var tokens = new ArrayList<>(Vocabulary.SPECIALS);
        tokens.addAll(List.of("▁n", "▁r", "\ud800"));
        var codec = new TextCodec(new CharacterTokenizer(), Vocabulary.of(tokens), false);
        var file = folder.resolve("ends.safetensors");
        try (var tiny = ModelFile.declare(config, codec, codec)) {
            tiny.model().parameters().allocate(false);
            tiny.model().parameters().initialize(3);
            ModelFile.write(file, tiny, 0, Map.of());
        }
        var output = folder.resolve("ends.txt");
        var input = Files.writeString(folder.resolve("starts.txt"), "ein\nSatz\r\n");
        assertEquals(0, run("", "translate", file.toString(), "--min-length", "9", "--no-unknown", "--sample",
                "--input", input.toString(), "--output", output.toString()), err.toString(UTF_8));
        assertTrue(Files.readString(output).matches("[ ?]{9,}\n[ ?]{9,}\r\n"), Files.readString(output));
    }

    @Test
    void lineEndingsAreGivenBack() {
        assertEquals(0, run("ein\r\nSatz\n\r\n", "translate", model.toString()));
        var answers = out.toString().split("\n", -1);
        assertTrue(answers[0].endsWith("\r") && !answers[1].endsWith("\r") && answers[2].equals("\r"), out.toString());
    }

    @Test
    void aFileInAndAFileOutSayTheSameAsTheStreams() throws IOException {
        var input = Files.writeString(folder.resolve("in.txt"), "ein Satz\nnoch einer\n\nklein\n");
        var output = folder.resolve("out.txt");
        assertEquals(0,
                run("", "translate", model.toString(), "--input", input.toString(), "--output", output.toString()));
        assertEquals("", out.toString());
        assertEquals(0,
                run(Files.readString(input), "translate", model.toString(), "--batch-tokens", "1", "--threads", "2"));
        assertEquals(out.toString(), Files.readString(output));
        assertFalse(Files.exists(folder.resolve("out.txt.nmt-tmp")));
    }

    @Test
    void nBestListsAreInTheFormatOfMosesAndJsonHasTheSameAndMore() throws IOException {
        assertEquals(0, run("ein\nSatz\n", "translate", model.toString(), "--n-best", "3"));
        var lines = out.toString().lines().toList();
        assertEquals(6, lines.size());
        for (int i = 0; i < 6; i++)
            assertTrue(
                    lines.get(i).matches(
                            i / 3 + " \\|\\|\\| .* \\|\\|\\| LogProbability= -\\d+\\.\\d{6} \\|\\|\\| -\\d+\\.\\d{6}"),
                    lines.get(i));
        out.getBuffer().setLength(0);
        assertEquals(0, run("ein\nSatz\n", "translate", model.toString(), "--n-best", "3", "--format", "jsonl"));
        var second = new ObjectMapper().readTree(out.toString().lines().toList().get(1));
        assertEquals(2, second.get("line").asInt());
        assertEquals(3, second.get("translations").size());
        var best = second.get("translations").get(0);
        assertEquals(lines.get(3).split(" \\|\\|\\| ")[1], best.get("text").asText());
        assertEquals(best.get("tokens").size() + 1, best.get("tokenLogProbabilities").size());
    }

    @Test
    void alignmentsComeInEveryFormatAndInPiecesOfLongLines() throws IOException {
        assertEquals(0, run("ein Satz\n\n" + "wort ".repeat(40), "translate", model.toString(), "--alignment", "0.01"));
        var lines = out.toString().lines().toList();
        assertTrue(lines.get(0).matches(".* \\|\\|\\| 0-0.*"), lines.get(0));
        assertEquals("", lines.get(1));
        assertTrue(lines.get(2).matches(".* 39-\\d+.*"), lines.get(2)); // the last word, in the last piece
        out.getBuffer().setLength(0);
        assertEquals(0, run("ein Satz\n", "translate", model.toString(), "--alignment", "soft", "--format", "jsonl"));
        var links = new ObjectMapper().readTree(out.toString()).get("translations").get(0).get("alignment").asText();
        assertTrue(links.matches("(\\d+-\\d+:[01]\\.\\d{4} ?)+"), links);
    }

    @Test
    void prefixesAndPhrasesOfEachLineAreKept() throws IOException {
        var prefixes = Files.writeString(folder.resolve("prefixes"), "Satz\n\n");
        var phrases = Files.writeString(folder.resolve("phrases"), "ei\n n\tS\n");
        assertEquals(0, run("ein\nSatz\n", "translate", model.toString(), "--target-prefix", prefixes.toString(),
                "--phrases", phrases.toString(), "--max-length", "12", "--n-best", "2"));
        var lines = out.toString().lines().toList();
        for (int i = 0; i < 4; i++) {
            var text = lines.get(i).split(" \\|\\|\\| ")[1];
            assertTrue(
                    i < 2 ? text.startsWith("Satz") && text.contains("ei") : text.contains("n") && text.contains("S"),
                    lines.get(i));
        }
        assertEquals(2, run("ein\nSatz\nzu\n", "translate", model.toString(), "--phrases", phrases.toString()));
        assertTrue(err.toString(UTF_8).contains("phrases: ends before line 3 of the input"), err.toString(UTF_8));
    }

    @Test
    void anExactSearchSaysWhatItHasProved() throws IOException {
        assertEquals(0, run("ein\n", "translate", model.toString(), "--exact", "--length-penalty", "none",
                "--max-length", "2", "--format", "jsonl"));
        var best = new ObjectMapper().readTree(out.toString()).get("translations").get(0);
        assertEquals("optimal", best.get("certificate").asText());
        assertEquals(best.get("score"), best.get("bound"));
        out.getBuffer().setLength(0);
        assertEquals(0,
                run("ein\n", "translate", model.toString(), "--exact", "--exact-steps", "1", "--format", "jsonl"));
        best = new ObjectMapper().readTree(out.toString()).get("translations").get(0);
        assertEquals("limit reached", best.get("certificate").asText());
        assertTrue(best.get("score").asDouble() <= best.get("bound").asDouble());
    }

    @Test
    void minimumBayesRiskOrdersByTheExpectedUtility() throws IOException {
        for (var from : List.of("samples", "n-best")) {
            out.getBuffer().setLength(0);
            assertEquals(0, run("ein\n", "translate", model.toString(), "--mbr", "chrf", "--candidates", "7", "--from",
                    from, "--n-best", "3", "--format", "jsonl"));
            var last = Double.POSITIVE_INFINITY;
            var translations = new ObjectMapper().readTree(out.toString()).get("translations");
            assertEquals(3, translations.size());
            for (var candidate : translations) {
                assertTrue(candidate.get("expectedUtility").asDouble() <= last);
                last = candidate.get("expectedUtility").asDouble();
            }
        }
    }

    @Test
    void searchErrorsAreThoseOfBeamsBesideTheOptimum() throws IOException {
        var source = Files.writeString(folder.resolve("errors.de"), "ein\nSatz\n\nklein\n");
        var reference = Files.writeString(folder.resolve("errors.en"), "a\nb\n\nc\n");
        assertEquals(0, run("", "eval", model.toString(), "--source", source.toString(), "--reference",
                reference.toString(), "--search-errors", "--beams", "1,900", "--max-length", "2", "--format", "tsv"));
        assertTrue(err.toString(UTF_8).endsWith("nmt: 4 sentences, the optimum of 4 is proved\n"), err.toString(UTF_8));
        var rows = out.toString().lines().map(line -> line.split("\t")).toList();
        assertEquals(List.of("beam", "1", "900", "exact"), rows.stream().map(row -> row[0]).toList());
        assertEquals(rows.get(3)[2], rows.get(2)[2]); // a beam that wide finds the optimum
        assertEquals("0.0", rows.get(2)[3]);
        assertTrue(Double.parseDouble(rows.get(1)[2]) <= Double.parseDouble(rows.get(3)[2]));
    }

    @Test
    void aCurveHasWhatEachBeamScoresByItself() throws IOException {
        var other = RandomModel.write(folder.resolve("other.safetensors"), RandomModel.LUONG, 5).toString();
        var source = Files.writeString(folder.resolve("curve.de"), "ein Satz\nnoch einer\nklein\n").toString();
        var reference = Files.writeString(folder.resolve("curve.en"), "a sentence\nanother\nsmall\n").toString();
        var eval = List.of("eval", model.toString(), other, "--mean", "arithmetic", "--source", source, "--reference",
                reference, "-m", "chrf", "--max-length", "9", "--no-unknown", "-f", "json");
        assertEquals(0, run("", with(eval, "--beams", "1,4")), err.toString(UTF_8));
        var curve = new ObjectMapper().readTree(out.toString());
        assertEquals(3, curve.get("sentences").asInt());
        for (int i = 0; i < 2; i++) {
            var point = curve.get("beams").get(i);
            out.getBuffer().setLength(0);
            assertEquals(0, run("", with(eval, "--beam", point.get("beam").asText())));
            assertEquals(new ObjectMapper().readTree(out.toString()).get("score"), point.get("chrF2"));
        }
        assertTrue(curve.get("beams").get(0).get("logProbability").asDouble() < 0);
    }

    @Test
    void theTableOfSearchErrorsHasACertificateOfEachSentenceInJson() throws IOException {
        var source = Files.writeString(folder.resolve("proof.de"), "ein\n\nSatz\n").toString();
        var reference = Files.writeString(folder.resolve("proof.en"), "a\n\nb\n").toString();
        assertEquals(0, run("", "eval", model.toString(), "--source", source, "--reference", reference,
                "--search-errors", "--beams", "1", "--max-length", "2", "--exact-seconds", "60", "-f", "json"));
        var json = new ObjectMapper().readTree(out.toString());
        assertEquals(3, json.get("proved").asInt());
        assertEquals(List.of("optimal", "blank line", "optimal"),
                json.get("certificates").valueStream().map(each -> each.get("certificate").asText()).toList());
        var first = json.get("certificates").get(0);
        assertEquals(first.get("score"), first.get("bound"));
        assertTrue(json.get("beams").get(0).get("errors").asInt() <= 3);
        assertEquals("exact", json.get("beams").get(1).get("beam").asText());
    }

    private static String[] with(List<String> arguments, String... more) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void theSeedDecidesASample() {
        var samples = new String[3];
        for (int i = 0; i < 3; i++) {
            out.getBuffer().setLength(0);
            assertEquals(0,
                    run("ein\nein\n", "translate", model.toString(), "--sample", "--seed", Integer.toString(i / 2)));
            samples[i] = out.toString();
        }
        assertEquals(samples[0], samples[1]);
        assertFalse(samples[0].equals(samples[2]));
        var lines = samples[0].lines().toList();
        assertFalse(lines.get(0).equals(lines.get(1))); // the number of a line decides too
    }

    @Test
    void mistakesAreOneLineAndCodeTwo() {
        for (var wrong : List.of(List.of("--beam", "0"), List.of("--n-best", "1000000000"), List.of("--alignment", "2"),
                List.of("--repetition-penalty", "0.5"),
                List.of("--forbid", " "), List.of("--max-length", "0"),
                List.of("--max-length", "10001"), List.of("--min-length", "10001"), List.of("--length-penalty", "gnmt"),
                List.of("--top-p", "2"),
                List.of("--n-best", "2", "--format", "text"), List.of("--batch-tokens", "0"))) {
            err.reset();
            var arguments = new ArrayList<>(List.of("translate", model.toString()));
            arguments.addAll(wrong);
            assertEquals(2, run("", arguments.toArray(String[]::new)));
            assertTrue(err.toString(UTF_8).startsWith("nmt: " + wrong.get(wrong.size() - 2) + ": "),
                    err.toString(UTF_8));
            assertEquals(1, err.toString(UTF_8).lines().count());
        }
        assertEquals("", out.toString());
    }

    @Test
    void invalidBytesAreReplacedOrRefused() {
        var bytes = new byte[] {'a', '\n', (byte) 0xC3, '\n'};
        assertEquals(0, run(bytes, "translate", model.toString()));
        assertEquals(2, out.toString().lines().count());
        assertEquals("nmt: line 2: invalid UTF-8 was read as U+FFFD\n", err.toString(UTF_8));
        assertEquals(2, run(bytes, "translate", model.toString(), "--strict"));
        assertTrue(err.toString(UTF_8).contains("stdin: line 2: byte 1: invalid UTF-8"), err.toString(UTF_8));
    }

    @Test
    void theFirstTenInvalidLinesAreNamedAndTheOthersCounted() {
        var bytes = "a\n\u00c3\n".repeat(13).getBytes(ISO_8859_1);
        assertEquals(0, run(bytes, "translate", model.toString()));
        assertEquals("nmt: lines 2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and 3 more: invalid UTF-8 was read as U+FFFD\n",
                err.toString(UTF_8));
    }

    @Test
    void aFolderIsNoOutput() {
        assertEquals(2, run("a\n", "translate", model.toString(), "--output", folder.toString()));
        assertEquals("nmt: --output: " + folder + ": a folder, expected a file\n", err.toString(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--beams 1 --top-p 0.9", "--search-errors --candidates 3", "--beams 1,2 --beam 7",
            "--beams 1 --exact-steps 5", "--sample-lines 1", "--exact-seconds 5", "--beams 1 --exact-seconds 5",
            "--seed 3", "--search-errors --seed 3", "--beams 1 --output FILE"})
    void whatNoTableOfBeamsGoesByIsRefused(String options) throws IOException {
        var source = Files.writeString(folder.resolve("test.de"), "ein\n").toString();
        assertEquals(2, run("", with(List.of("eval", model.toString(), "--source", source, "--reference", source),
                options.split(" "))));
        assertTrue(err.toString(UTF_8).matches("nmt: --[^\n]* goe?s? [^\n]*\n"), err.toString(UTF_8));
        assertEquals("", out.toString());
    }

    @Test
    void aSeedIsOfConfidenceAsWell() throws IOException {
        var source = Files.writeString(folder.resolve("test.de"), "ein\nSatz\n").toString();
        assertEquals(0, run("", "eval", model.toString(), "--source", source, "--reference", source, "--confidence",
                "--seed", "3"), err.toString(UTF_8));
        assertTrue(out.toString().contains("|seed:3|"), out.toString());
    }

    /// Whatever changes a translation changes it for both.
    @ParameterizedTest
    @ValueSource(strings = {"--sample --seed 5", "--mbr chrf --candidates 5", "--exact --max-length 2", "--forbid e",
            "--replace-unknown --attention-of reading", "--target-prefix PREFIXES", "--mean arithmetic --beam 4"})
    void evalTakesEveryOptionThatChangesTranslations(String options) throws IOException {
        var other = RandomModel.write(folder.resolve("other.safetensors"), RandomModel.CONVOLUTIONAL, 6).toString();
        var prefixes = Files.writeString(folder.resolve("prefixes"), "Satz\n\nein\n").toString();
        var source = Files.writeString(folder.resolve("test.de"), "ein Satz\nnoch einer\nklein\n").toString();
        var chosen = options.replace("PREFIXES", prefixes).split(" ");
        var hypothesis = folder.resolve("test.out").toString();
        assertEquals(0, run("", with(List.of("translate", model.toString(), other, "--input", source, "--output",
                hypothesis), chosen)), err.toString(UTF_8));
        assertEquals(0, run("", "eval", "--hypothesis", hypothesis, "--reference", source, "-m", "chrf"));
        var expected = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(0, run("", with(List.of("eval", model.toString(), other, "--source", source, "--reference",
                source, "-m", "chrf"), chosen)), err.toString(UTF_8));
        assertEquals(expected, out.toString());
    }

    @Test
    void evalScoresWhatTranslateWrites() throws IOException {
        var source = Files.writeString(folder.resolve("test.de"), "ein Satz\nnoch einer\n\n");
        var reference = Files.writeString(folder.resolve("test.en"), "a sentence\nanother one\n\n");
        var hypothesis = folder.resolve("test.out");
        assertEquals(0, run("", "translate", model.toString(), "--beam", "3", "--input", source.toString(), "--output",
                hypothesis.toString()));
        assertEquals(0, run("", "eval", "--hypothesis", hypothesis.toString(), "--reference", reference.toString(),
                "-m", "chrf", "bleu"));
        var expected = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(0,
                run("", "eval", model.toString(), "--source", source.toString(), "--reference", reference.toString(),
                        "--beam", "3", "-m", "chrf", "bleu"),
                err.toString(UTF_8));
        assertEquals(expected, out.toString());
        assertTrue(expected.contains("|tok:13a|"), expected);
        var kept = folder.resolve("kept.out");
        assertEquals(0,
                run("", "eval", model.toString(), "--source", source.toString(), "--reference", reference.toString(),
                        "--beam", "3", "--output", kept.toString()),
                err.toString(UTF_8));
        assertEquals(Files.readString(hypothesis), Files.readString(kept));
        assertEquals(2, run("", "eval", model.toString(), "--reference", reference.toString()));
        assertEquals("nmt: eval: MODEL and --source go together, got only MODEL\n", err.toString(UTF_8));
    }

    private int run(String input, String... arguments) {
        return run(input.getBytes(UTF_8), arguments);
    }

    private int run(byte[] input, String... arguments) {
        var streams = new Streams(new ByteArrayInputStream(input), out, new PrintStream(err, true, UTF_8), false);
        return Main.run(streams, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--top-p 0.9", "--temperature 2", "--exact-steps 5", "--candidates 3", "--from n-best",
            "--sample --beam 3", "--sample --early-stopping first", "--mbr chrf --from n-best --top-k 2", "--seed 3",
            "--exhaustive --beam 3", "--mbr chrf --from n-best --seed 3"})
    void whatAnotherSearchGoesByIsRefused(String options) {
        assertEquals(2, run("a\n", with(List.of("translate", model.toString()), options.split(" "))));
        assertTrue(err.toString(UTF_8).matches("nmt: --[^\n]* goe?s? [^\n]*\n"), err.toString(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--alignment hard", "--coverage-penalty 0.2", "--replace-unknown"})
    void attentionIsAskedOfModelsThatHaveIt(String options) throws IOException {
        var blind = RandomModel.write(folder.resolve("blind.safetensors"), RandomModel.WITHOUT_ATTENTION, 5).toString();
        assertEquals(2, run("ein\nSatz\n", with(List.of("translate", blind), options.split(" "))));
        assertEquals("nmt: attention: the model has none; alignments, coverage and replaced unknown words need it\n",
                err.toString(UTF_8));
        err.reset();
        assertEquals(2, run("ein\nSatz\n",
                with(List.of("translate", model.toString(), "--attention-layer", "2"), options.split(" "))));
        assertEquals("nmt: attention: the model has no decoder layer 2 that looks at the source\n",
                err.toString(UTF_8));
        assertEquals("", out.toString());
        assertEquals(0, run("ein\nSatz\n",
                with(List.of("translate", model.toString(), "--attention-layer", "1"), options.split(" "))));
    }

    @Test
    void searchErrorsAreOfScoresThatBothSearchesHave() throws IOException {
        var source = Files.writeString(folder.resolve("test.de"), "ein\n").toString();
        var eval = List.of("eval", model.toString(), "--source", source, "--reference", source, "--search-errors");
        assertEquals(2, run("", with(eval, "--coverage-penalty", "0.2")));
        assertEquals(2, run("", with(eval, "--replace-unknown")));
    }

    @Test
    void filesOfDemandsHaveAsManyLinesAsTheInput() throws IOException {
        for (var option : List.of("--target-prefix", "--phrases"))
            for (var lines : List.of("e\n", "e\ne\ne\n")) {
                var file = Files.writeString(folder.resolve("demands"), lines).toString();
                err.reset();
                assertEquals(2, run("ein\nSatz\n", "translate", model.toString(), option, file));
                assertTrue(err.toString(UTF_8).startsWith("nmt: " + file + ": "), err.toString(UTF_8));
                assertEquals(1, err.toString(UTF_8).lines().count());
            }
    }

    @Test
    void anOutputMayBeALinkADeviceOrStandBesideAnInputOfLikeName() throws IOException {
        var input = Files.writeString(folder.resolve("text.tmp"), "ein\n");
        var file = folder.resolve("text");
        var link = Files.createSymbolicLink(folder.resolve("link"), Files.writeString(file, "old"));
        assertEquals(0,
                run("", "translate", model.toString(), "--input", input.toString(), "--output", link.toString()));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(1, Files.readAllLines(file).size());
        assertFalse(Files.readString(file).equals("old"));
        assertEquals("ein\n", Files.readString(input));
        assertEquals(0, run("ein\n", "translate", model.toString(), "--output", "/dev/null"));
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
    }
}
