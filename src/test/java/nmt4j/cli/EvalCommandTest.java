package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lines are sacreBLEU's: `sacrebleu one.txt [two.txt] -i hypothesis.txt -f text -m …`.
class EvalCommandTest {
    private static final String SIGNATURE = "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws IOException {
        write("hypothesis.txt", "The dog bit the man.\nIt wasn't\u2028surprising.  \nThe man had just bitten him.");
        write("one.txt", "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n");
        write("two.txt", "The dog had bit the man.\r\nNo one was surprised.\r\nThe man had bitten the dog.\r\n");
    }

    @Test
    void printsSacreBleusLine() {
        assertEquals("", eval());
        assertEquals("BLEU|" + SIGNATURE
                + " = 45.1 70.6/42.9/36.4/37.5 (BP = 1.000 ratio = 1.000 hyp_len = 17 ref_len = 17)\n", out.toString());
    }

    @Test
    void takesSeveralReferencesMetricsAndSettings() {
        assertEquals("", eval("--reference", path("two.txt"), "-m", "ter", "chrf", "bleu", "-tok", "intl", "-lc",
                "--smooth-method", "floor", "-sv", "0.5", "-cw", "2", "--ter-normalized", "-w", "4"));
        assertEquals("""
                   BLEU|nrefs:2|case:lc|eff:no|tok:intl|smooth:floor[0.50]|version:2.6.0 \
                = 43.9162 73.7/43.8/38.5/30.0 (BP = 1.000 ratio = 1.056 hyp_len = 19 ref_len = 18)
                     chrF2++|nrefs:2|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 \
                = 59.1531
                TER|nrefs:2|case:lc|tok:tercom|norm:yes|punct:yes|asian:no|version:2.6.0 \
                = 33.3333
                """, out.toString());
    }

    @Test
    void givesConfidenceIntervals() {
        assertEquals("", eval("--confidence", "-m", "chrf", "-w", "2", "--seed", "12345"));
        assertEquals("chrF2|nrefs:1|bs:1000|seed:12345|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0"
                + " = 50.04 (μ = 50.94 ± 37.63)\n", out.toString());
    }

    @Test
    void scoresSentencesByThemselves() {
        assertEquals("", eval("-sl", "--score-only", "-w", "3"));
        assertEquals("100.000\n14.794\n15.620\n", out.toString());
        out.getBuffer().setLength(0);
        assertEquals("", eval("-sl", "-m", "bleu", "chrf", "-f", "tsv"));
        var lines = out.toString().lines().toList();
        assertEquals("BLEU\tchrF2", lines.getFirst());
        assertEquals(4, lines.size());
    }

    @Test
    void jsonHasUnroundedScores() throws IOException {
        assertEquals("", eval("--format", "json", "--by-length"));
        var json = new ObjectMapper().readTree(out.toString());
        assertEquals("BLEU", json.get("name").asText());
        assertEquals(45.06750632106114, json.get("score").asDouble(), 1e-12);
        assertEquals(SIGNATURE, json.get("signature").asText());
        assertEquals("13a", json.get("tok").asText());
        assertEquals("0-10", json.get("by_length").get(0).get("words").asText());
        assertEquals(json.get("score"), json.get("by_length").get(0).get("score"));
    }

    @Test
    void scoresByLength() throws IOException {
        write("hypothesis.txt", "a b c d\n" + "a ".repeat(12) + "\na b c d\n");
        write("one.txt", "a b c d\n" + "a ".repeat(24) + "\na b c d e\n");
        assertEquals("", eval("--by-length", "-b", "-tok", "none"));
        assertEquals(List.of("", "words  lines  BLEU", "0-10       2  88.2", "21-30      1  36.8"),
                out.toString().lines().skip(1).toList());
    }

    @Test
    void scoresGroupsOfLines() throws IOException {
        write("hypothesis.txt", "a b c d\na b c d e f\na b c d\n");
        write("one.txt", "a b c d\na b c d e\na b c d\n");
        write("groups.txt", "name\nlong name\n\n");
        assertEquals("", eval("--groups", path("groups.txt"), "-b", "-tok", "none"));
        assertEquals(
                List.of("", "group  lines  exact %  BLEU", "long       1      0.0  76.0",
                        "name       2     50.0  83.8"),
                out.toString().lines().skip(1).toList());
        out.getBuffer().setLength(0);
        assertEquals("", eval("--groups", path("groups.txt"), "-f", "json"));
        assertEquals(1, new ObjectMapper().readTree(out.toString()).get("groups").get(1).get("exact").asInt());
        write("groups.txt", "name\n");
        out.getBuffer().setLength(0);
        assertMistake("groups.txt: 1 line, but " + path("hypothesis.txt") + " has 3", "--groups", path("groups.txt"));
    }

    @Test
    void warnsOfTokenizedText() throws IOException {
        write("hypothesis.txt", "It looks tokenised .\n".repeat(100));
        write("one.txt", "It looks tokenised.\n".repeat(100));
        assertTrue(eval().contains("100 lines or more end in a tokenised period"));
        err.reset();
        assertEquals("", eval("--force"));
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        write("short.txt", "one line\n");
        assertMistake("hypothesis.txt: 3 lines, but " + path("short.txt") + " has 1", "--reference", path("short.txt"));
        assertMistake("none.txt: no such file", "--reference", path("none.txt"));
        assertMistake("--tokenize: unknown tokenizer 14a, expected one of [13a, intl, zh, char, none]", "-tok", "14a");
        assertMistake("--smooth-method: unknown method x", "-s", "x");
        assertMistake("goes with none of --confidence", "-sl", "-ci");
        assertMistake("one metric in text, got 2", "-sl", "-m", "bleu", "ter");
        assertMistake("--output: goes with MODEL", "--output", path("out.txt"));
        assertMistake("--beam: goes with MODEL", "--beam", "7");
        assertMistake("--mean: goes with MODEL", "--mean", "arithmetic");
        write("hypothesis.txt", "");
        assertMistake("hypothesis.txt: no lines, expected at least 1");
    }

    /// The model is never read.
    @ParameterizedTest
    @ValueSource(strings = {"--tokenize foo", "--smooth-method foo", "--max-ngram-order 0", "-m chrf -cc -1", "-cin 0",
            "--groups GROUPS", "--output FOLDER"})
    void whatIsWrongIsSaidBeforeTheWork(String options) throws IOException {
        write("groups.txt", "a\n");
        write("model", "no model");
        var arguments = new ArrayList<>(List.of("eval", path("model"), "--source", path("one.txt"), "--reference",
                path("two.txt")));
        arguments.addAll(List.of(options.replace("GROUPS", path("groups.txt")).replace("FOLDER", path("")).split(" ")));
        assertEquals(2, run(arguments));
        assertFalse(err.toString(UTF_8).contains(path("model")), err.toString(UTF_8));
        assertEquals(1, err.toString(UTF_8).lines().count());
    }

    private void assertMistake(String message, String... options) {
        err.reset();
        var said = eval(2, options);
        assertTrue(said.startsWith("nmt: ") && said.contains(message) && said.lines().count() == 1, said);
        assertEquals("", out.toString());
    }

    private String eval(String... options) {
        return eval(0, options);
    }

    /// What the command says on stderr.
    private String eval(int code, String... options) {
        var arguments = new ArrayList<>(List.of("eval", "--hypothesis", path("hypothesis.txt"), "--reference",
                path("one.txt")));
        arguments.addAll(List.of(options));
        assertEquals(code, run(arguments), () -> err.toString(UTF_8));
        return err.toString(UTF_8);
    }

    private int run(List<String> arguments) {
        var streams = new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false);
        return Main.run(streams, arguments.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, UTF_8);
    }
}
