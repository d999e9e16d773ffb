package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.Failure;
import nmt4j.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String nmt(int expected, String input, String... arguments) {
        var out = new StringWriter();
        var streams =
                new Streams(new ByteArrayInputStream(input.getBytes(UTF_8)), out, new PrintStream(err, true, UTF_8),
                        false);
        assertEquals(expected, Main.run(streams, arguments), () -> err.toString(UTF_8));
        return out.toString();
    }

    @Test
    void trainingEndsWithAPageAndTwoRunsMakeOneSideBySide() throws IOException {
        Files.write(folder.resolve("text"), List.of("a b c", "b c", "c a b", "a"));
        Files.writeString(folder.resolve("tiny.json"), """
                {"data": {"train": [{"source": "%1$s/text", "target": "%1$s/text"}],
                          "validation": {"source": "%1$s/text", "target": "%1$s/text"}, "tokenizer": {"type": "word"}},
                 "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 8, "numHeads": 2,
                           "encoderLayers": 1, "decoderLayers": 1},
                 "training": {"maxUpdates": 4, "validation": {"everyUpdates": 2, "samples": 2}}}""".formatted(folder));
        for (var seed : List.of("1", "2"))
            nmt(0, "", "train", folder.resolve("tiny.json").toString(), "--threads", "1", "--set", "seed=" + seed,
                    "--run", folder.resolve("run" + seed).toString());
        var one = Files.readString(folder.resolve("run1/report.html"));
        for (var part : List.of("4 of 4; left out 0", "nmt train ", "--set 'seed=1'",
                "The hardest sentences", "SHA-256 of", "<th scope=\"row\">check</th>", "layer 1, head 2"))
            assertTrue(one.contains(part), part);
        theAttentionIsKeptAsLongAsTheModelIsTheSame(folder.resolve("run1"));
        var both = folder.resolve("both.html");
        assertEquals(both + "\n", nmt(0, "", "report", folder.resolve("run1").toString(),
                folder.resolve("run2").toString(), "--output", both.toString()));
        assertTrue(Files.readString(both).contains("Paired bootstrap"));
        var matrix = nmt(0, "a b\n", "attention", folder.resolve("run1").toString()).lines().toList();
        assertEquals("a b </s>", matrix.getFirst());
        assertTrue(matrix.get(matrix.size() - 2).startsWith("</s> │"), matrix.toString());
        nmt(2, "a b\n", "attention", folder.resolve("run1").toString(), "--head", "7");
        nmt(2, "", "report", folder.toString());
    }

    @Test
    void aSideOfTheValidationSetThatChangedIsLeftOut() throws IOException {
        for (var side : List.of("source", "target")) Files.writeString(folder.resolve(side), "a b c\nb c\nc a b\na\n");
        Files.writeString(folder.resolve("tiny.json"), """
                {"data": {"train": [{"source": "%1$s/target", "target": "%1$s/target"}],
                          "validation": {"source": "%1$s/source", "target": "%1$s/target"}, "tokenizer": {"type": "word"}},
                 "model": {"type": "transformer", "modelSize": 8, "feedForwardSize": 8, "numHeads": 2,
                           "encoderLayers": 1, "decoderLayers": 1},
                 "training": {"maxUpdates": 1}}""".formatted(folder));
        var run = folder.resolve("run");
        nmt(0, "", "train", folder.resolve("tiny.json").toString(), "--threads", "1", "--run", run.toString());
        assertTrue(Files.readString(run.resolve("report.html")).contains("The hardest sentences"));
        Files.writeString(folder.resolve("source"), "a b c\n");
        nmt(0, "", "report", run.toString());
        assertFalse(Files.readString(run.resolve("report.html")).contains("The hardest sentences"));
    }

    @Test
    void aRunIsDoneWhateverBecomesOfItsPage() {
        assertEquals("report: page", RunReport.said(Path.of("run"), () -> Path.of("page")));
        assertEquals("no report, but nmt report run may make it later: run: no space",
                RunReport.said(Path.of("run"), () -> {
                    throw Failure.machine("run: no space", null);
                }));
        assertEquals("no report, but nmt report run may make it later: java.lang.IllegalStateException: a bug",
                RunReport.said(Path.of("run"), () -> {
                    throw new IllegalStateException("a bug");
                }));
    }

    private void theAttentionIsKeptAsLongAsTheModelIsTheSame(Path run) throws IOException {
        var kept = run.resolve("attention.json");
        var computed = Files.readString(kept);
        var page = Files.readString(run.resolve("report.html"));
        Files.writeString(kept, computed.replaceFirst("\\[\\[[^,]*", "[[7"));
        nmt(0, "", "report", run.toString());
        assertNotEquals(page, Files.readString(run.resolve("report.html")), "what is kept is read");
        for (var spoilt : List.of(computed.replaceFirst("\"model\":\"..", "\"model\":\"zz"),
                computed.replaceFirst("\"weights\":\\[\\[", "\"weights\":[[1,"), computed.substring(9), "", "null",
                "{}")) {
            Files.writeString(kept, spoilt);
            nmt(0, "", "report", run.toString(), "--output", folder.resolve("page.html").toString());
            assertEquals(page, Files.readString(folder.resolve("page.html")), spoilt);
            assertEquals(spoilt, Files.readString(kept), "elsewhere nothing is kept");
        }
        nmt(0, "", "report", run.toString());
        assertEquals(computed, Files.readString(kept));
        assertEquals(page, Files.readString(run.resolve("report.html")));
    }
}
