package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Arrays;
import java.util.List;
import nmt4j.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The values are sacreBLEU's: `sacrebleu ref -i a b --paired-bs -m ter`, and `--paired-ar`.
class CompareCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("ref"), "a b c d e\nf g h i j\nk l m n o\np q r s t\n");
        Files.writeString(folder.resolve("a"), "a b c d x\nf g h i j\nk l m y o\np q r s t\n");
        Files.writeString(folder.resolve("b"), "a b c d e\nf g h x x\nk l m n o\np q x s t\n");
    }

    @Test
    void printsATableWithIntervalsAndProbabilities() {
        assertEquals(0, compare("-m", "ter"));
        assertEquals(List.of("system TER μ ± 95 % CI p", "a (baseline) 10.0 10.0 ± 10.0", "b 15.0 15.2 ± 15.0 0.2547"),
                out.toString().lines().limit(3).map(line -> line.replace(folder + "/", "").replaceAll(" +", " "))
                        .toList());
        assertTrue(out.toString().endsWith(
                "\nTER|nrefs:1|bs:1000|seed:12345|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0\n"));
    }

    @Test
    void jsonHasWhatSacreBleusHas() throws IOException {
        assertEquals(0, compare("-m", "ter", "bleu", "--method", "randomization", "-f", "json"));
        var json = new ObjectMapper().readTree(out.toString());
        assertEquals("Baseline: " + folder.resolve("a"), json.get(0).get("system").asText());
        assertTrue(json.get(0).get("TER").get("p_value").isNull());
        assertEquals(15.0, json.get(1).get("TER").get("score").asDouble(), 1e-12);
        assertEquals(4996 / 10001., json.get(1).get("TER").get("p_value").asDouble(), 1e-12);
        assertTrue(json.get(1).get("TER").get("mean").isNull());
        assertTrue(json.get(1).has("BLEU"));
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        Files.writeString(folder.resolve("b"), "only one line\n");
        assertEquals(2, compare());
        assertEquals("nmt: " + folder.resolve("b") + ": 1 line, but " + folder.resolve("a") + " has 4\n",
                err.toString(UTF_8));
        err.reset();
        assertEquals(2, compare("--trials", "0", "-m", "ter"));
        assertEquals(1, err.toString(UTF_8).lines().count());
        assertEquals("", out.toString());
    }

    private int compare(String... options) {
        var arguments = new ArrayList<>(List.of("compare", "--reference", path("ref"), path("a"), path("b")));
        arguments.addAll(Arrays.asList(options));
        var streams = new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false);
        return Main.run(streams, arguments.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
