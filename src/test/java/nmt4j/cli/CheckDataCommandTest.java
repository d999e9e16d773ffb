package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import nmt4j.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckDataCommandTest {
    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return Main.run(new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false),
                args);
    }

    private String config(String source, String target) throws IOException {
        Files.writeString(folder.resolve("a.de"), source);
        Files.writeString(folder.resolve("a.en"), target);
        var config = folder.resolve("config.json");
        Files.writeString(config, """
                {"data": {"train": [{"source": "%1$s/a.de", "target": "%1$s/a.en"}], "tokenizer": {"type": "word"}},
                 "model": {"type": "transformer"}}
                """.formatted(folder));
        return config.toString();
    }

    @Test
    void findingsComeWithLinesAndCoverage() throws IOException {
        assertEquals(0, run("check", "data", config("ein Hund\nein Hund\nzwei\u200B\n", "a dog\na dog\ntwo\n")));
        assertTrue(out.toString().contains("  duplicate: 1 (33.33 %): "), out.toString());
        assertTrue(out.toString().contains("    line 2: ein Hund ||| a dog\n"), out.toString());
        assertTrue(out.toString().contains("    line 3: zwei\\u200B ||| two\n"), out.toString());
        assertTrue(out.toString().contains("a.en"), out.toString());
    }

    @Test
    void jsonHasTheSameCounts() throws IOException {
        assertEquals(0, run("check", "data", config("ein Hund\nein Hund\n", "a dog\na dog\n"), "--format", "json"));
        var corpus = JsonMapper.builder().build().readTree(out.toString()).get("corpora").get(0);
        assertEquals(2, corpus.get("pairs").asInt());
        assertEquals(1, corpus.get("defects").get("duplicate").get("pairs").asInt());
        assertEquals(2, corpus.get("defects").get("duplicate").get("examples").get(0).get("line").asInt());
    }

    @Test
    void aTestSentenceInTrainingIsNamedWithItsPlace() throws IOException {
        var test = folder.resolve("test.de");
        Files.writeString(test, "eine Katze\nEin Hund!\n");
        assertEquals(0, run("check", "data", config("ein Hund\nzwei\n", "a dog\ntwo\n"), "--test", test.toString(),
                test.toString(), "--no-vocabulary"));
        assertTrue(out.toString().contains("line 1 = " + test + ":2: ein Hund ||| a dog"), out.toString());
    }

    @Test
    void filesThatTrainingRefusesEndWithCode3() throws IOException {
        assertEquals(3, run("check", "data", config("ein Hund\nzwei\n", "a dog\n")));
        assertTrue(out.toString().contains("unequal: 2 and 1 lines"), out.toString());
    }

    @Test
    void aCleanCorpusIsNotWrittenOverWhatIsRead() throws IOException {
        var config = config("ein Hund\nein Hund\n", "a dog\na dog\n");
        assertEquals(2, run("check", "data", config, "--no-vocabulary", "--write-clean",
                folder.resolve("a").toString()));
        assertEquals("ein Hund\nein Hund\n", Files.readString(folder.resolve("a.de")));
        assertTrue(err.toString(UTF_8).contains("a.de: would be written over"), err.toString(UTF_8));
    }

    @Test
    void aCleanCorpusHasTwoFilesIfBothSidesEndAlike() throws IOException {
        config("ein Hund\nein Hund\n", "a dog\na dog\n");
        Files.move(folder.resolve("a.de"), folder.resolve("de.txt"));
        Files.move(folder.resolve("a.en"), folder.resolve("en.txt"));
        var config = folder.resolve("alike.json");
        Files.writeString(config,
                "{\"data\": {\"train\": [{\"source\": \"%1$s/de.txt\", \"target\": \"%1$s/en.txt\"}]}}"
                        .formatted(folder));
        assertEquals(0, run("check", "data", config.toString(), "--no-vocabulary", "--write-clean",
                folder.resolve("clean").toString()));
        assertEquals("ein Hund\n", Files.readString(folder.resolve("clean.source")));
        assertEquals("a dog\n", Files.readString(folder.resolve("clean.target")));
    }

    @Test
    void aCleanCorpusFollowsLinksAndLeavesFilesOfLikeNames() throws IOException {
        var config = config("ein Hund\nein Hund\n", "a dog\na dog\n");
        var elsewhere = Files.writeString(folder.resolve("elsewhere"), "old");
        var link = Files.createSymbolicLink(folder.resolve("clean.de"), elsewhere);
        var own = Files.writeString(folder.resolve("clean.de.part"), "mine");
        assertEquals(0, run("check", "data", config, "--no-vocabulary", "--write-clean",
                folder.resolve("clean").toString()), err.toString(UTF_8));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("ein Hund\n", Files.readString(elsewhere));
        assertEquals("mine", Files.readString(own));
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".nmt-tmp")));
        }
    }

    @Test
    void noCleanCorpusIsWrittenOfFilesThatLostLines() throws IOException {
        var config = config("ein Hund\nzwei\n", "a dog\n");
        assertEquals(3, run("check", "data", config, "--write-clean", folder.resolve("clean").toString()));
        assertTrue(Files.notExists(folder.resolve("clean.de")));
        assertTrue(Files.notExists(folder.resolve("clean.de.nmt-tmp")));
        assertTrue(err.toString(UTF_8).contains("nothing is written"), err.toString(UTF_8));
    }
}
