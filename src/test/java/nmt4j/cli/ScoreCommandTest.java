package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import nmt4j.Main;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
    @TempDir
    private static Path folder;
    private static Path transformer;
    private static Path luong;
    private static Path source;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void writeModels() throws IOException {
        transformer = RandomModel.write(folder.resolve("transformer.safetensors"), RandomModel.TRANSFORMER, 3);
        luong = RandomModel.write(folder.resolve("luong.safetensors"), RandomModel.LUONG, 4);
        source = Files.writeString(folder.resolve("source"), "ein Satz\nnoch einer\nklein und fein\n");
    }

    @Test
    void whatAnEnsembleTranslatedIsScoredAsItWas() throws IOException {
        assertEquals(0, run("translate", transformer.toString(), luong.toString(), "--input", source.toString(),
                "--format", "jsonl"));
        var translated = read();
        var tokens = new ArrayList<String>();
        for (var line : translated) {
            var words = new ArrayList<String>();
            line.get("translations").get(0).get("tokens").forEach(token -> words.add(token.asText()));
            tokens.add(String.join(" ", words));
        }
        var target = Files.write(folder.resolve("tokens"), tokens);
        assertEquals(0, run("score", transformer.toString(), luong.toString(), "--source", source.toString(),
                "--target", target.toString(), "--subwords", "--format", "jsonl"));
        var scored = read();
        for (int i = 0; i < 3; i++)
            for (var key : List.of("logProbability", "score", "tokenLogProbabilities"))
                assertEquals(translated.get(i).get("translations").get(0).get(key), scored.get(i).get(key));
    }

    @Test
    void aListIsWrittenAgainWithAFeatureMore() throws IOException {
        assertEquals(0, run("translate", transformer.toString(), "--input", source.toString(), "--n-best", "3"));
        var list = Files.writeString(folder.resolve("list"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("score", luong.toString(), "--source", source.toString(), "--target", list.toString(),
                "--n-best", "--feature", "Luong"));
        for (var line : out.toString().lines().toList())
            assertTrue(line.matches(".* \\|\\|\\| LogProbability= \\S+ Luong= -\\d+\\.\\d{6} \\|\\|\\| \\S+"), line);
    }

    @Test
    void everyFormatSaysTheSame() throws IOException {
        var target = Files.writeString(folder.resolve("target"), "a sentence\n\nsmall\n");
        assertEquals(0, score(target));
        var text = out.toString().lines().mapToDouble(Double::parseDouble).toArray();
        assertEquals(3, text.length);
        assertTrue(err.toString(UTF_8).startsWith("nmt: 3 sentences, 3 words, "), err.toString(UTF_8));
        out.getBuffer().setLength(0);
        assertEquals(0, score(target, "--format", "tsv"));
        var rows = out.toString().lines().skip(1).map(line -> line.split("\t")).toList();
        out.getBuffer().setLength(0);
        assertEquals(0, score(target, "--format", "jsonl"));
        var json = out.toString().lines().toList();
        for (int i = 0; i < 3; i++) {
            assertEquals(text[i], Double.parseDouble(rows.get(i)[1]));
            assertEquals(Math.exp(-text[i] / Integer.parseInt(rows.get(i)[3])), Double.parseDouble(rows.get(i)[5]),
                    0.01);
            var line = new ObjectMapper().readTree(json.get(i));
            assertEquals(text[i], line.get("logProbability").asDouble(), 1e-6);
            int words = Integer.parseInt(rows.get(i)[4]);
            assertEquals(words + 1, line.get("wordLogProbabilities").size());
            double sum = 0;
            for (var word : line.get("wordLogProbabilities")) sum += word.asDouble();
            assertEquals(text[i], sum, 1e-5);
        }
        out.getBuffer().setLength(0);
        assertEquals(0, score(target, "--summary"));
        assertTrue(err.toString(UTF_8).contains(out.toString()));
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void aPairThatIsFarTooLongHasNoScoreAndTheOthersHave() throws IOException {
        var target = Files.writeString(folder.resolve("long"), "a\n" + "word ".repeat(10_001) + "\nb\n");
        assertEquals(3, score(target));
        var lines = out.toString().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(Double.parseDouble(lines.get(0)) < 0 && Double.parseDouble(lines.get(2)) < 0, lines::toString);
        assertTrue(err.toString(UTF_8).contains("nmt: line 2: 11 source and "), err.toString(UTF_8));
        out.getBuffer().setLength(0);
        var list = Files.writeString(folder.resolve("list"), "0 ||| " + "word ".repeat(10_001) + "||| LM= -1 ||| -1\n");
        assertEquals(3, score(list, "--n-best"));
        assertTrue(out.toString().endsWith(" ||| LM= -1 LogProbability= -inf ||| -inf\n"), out.toString());
    }

    @Test
    void coverageIsOfModelsThatHaveAttention() {
        var blind = RandomModel.write(folder.resolve("blind.safetensors"), RandomModel.WITHOUT_ATTENTION, 5);
        assertEquals(2, run("score", blind.toString(), "--source", source.toString(), "--target", source.toString(),
                "--coverage-penalty", "0.2"));
        assertEquals("nmt: attention: the model has none; alignments, coverage and replaced unknown words need it\n",
                err.toString(UTF_8));
        assertEquals(2, score(source, "--coverage-penalty", "0.2", "--attention-layer", "3"));
        assertEquals("", out.toString());
    }

    @Test
    void coverageAndLayersAreCheckedAsTranslateDoes() {
        assertEquals(2, score(source, "--coverage-penalty", "-1"));
        assertEquals("nmt: --coverage-penalty: -1.0, expected at least 0\n", err.toString(UTF_8));
        err.reset();
        assertEquals(2, score(source, "--coverage-penalty", "1", "--attention-layer", "-3"));
        assertEquals("nmt: --attention-layer: -3, expected at least 1, or 0 for all\n", err.toString(UTF_8));
        assertEquals("", out.toString());
    }

    @Test
    void filesOfDifferentLengthsAreAMistakeThatSaysWhere() throws IOException {
        var shorter = Files.writeString(folder.resolve("shorter"), "a\nb\n");
        assertEquals(2, score(shorter));
        assertTrue(err.toString(UTF_8).contains("shorter: ends before line 3 of "), err.toString(UTF_8));
        err.reset();
        var list = Files.writeString(folder.resolve("wrong"), "0 ||| a\n3 ||| b\n");
        assertEquals(2, score(list, "--n-best"));
        assertTrue(err.toString(UTF_8).contains("wrong: line 2: source 3, but "), err.toString(UTF_8));
    }

    private List<JsonNode> read() throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line : out.toString().lines().toList()) lines.add(new ObjectMapper().readTree(line));
        out.getBuffer().setLength(0);
        return lines;
    }

    private int score(Path target, String... options) {
        var arguments = new ArrayList<>(List.of("score", transformer.toString(), "--source",
                source.toString(), "--target", target.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        var streams = new Streams(new ByteArrayInputStream(new byte[0]), out, new PrintStream(err, true, UTF_8), false);
        return Main.run(streams, arguments);
    }
}
