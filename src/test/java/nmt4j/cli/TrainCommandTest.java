package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nmt4j.Main;
import nmt4j.model.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeFiles() throws IOException {
        var random = new Random(4);
        var lines = new ArrayList<String>();
        for (int i = 0; i < 80; i++) lines.add("a b c d e".substring(0, 1 + 2 * random.nextInt(5)));
        Files.write(folder.resolve("train"), lines);
        Files.write(folder.resolve("valid"), lines.subList(0, 7));
        Files.writeString(folder.resolve("tiny.json"), """
                {"data": {"train": [{"source": "%1$s/train", "target": "%1$s/train"}],
                          "validation": {"source": "%1$s/valid", "target": "%1$s/valid"}, "tokenizer": {"type": "word"}},
                 "model": {"type": "transformer", "modelSize": 16, "feedForwardSize": 16, "numHeads": 2, "encoderLayers": 1,
                           "decoderLayers": 1},
                 "training": {"batch": {"size": 24}, "maxEpochs": null, "maxUpdates": 40,
                              "validation": {"everyUpdates": 5, "patience": null, "samples": 1}}}""".formatted(folder));
    }

    private List<String> arguments(String run, String... more) {
        var arguments = new ArrayList<>(
                List.of("train", folder.resolve("tiny.json").toString(), "--run", folder.resolve(run).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private int train(String run, String... more) {
        var streams = new Streams(InputStream.nullInputStream(), new StringWriter(), new PrintStream(err, true, UTF_8),
                false);
        return Main.run(streams, arguments(run, more).toArray(String[]::new));
    }

    private byte[] model(String run, String name) throws IOException {
        return Files.readAllBytes(folder.resolve(run).resolve(name));
    }

    @Test
    void aKilledRunThatGoesOnEndsAsIfItHadNotBeenKilled() throws IOException, InterruptedException {
        assertEquals(0, train("whole"), err.toString(UTF_8));
        Program.kill(arguments("killed", "--threads", "1"), " update 23:");
        assertEquals(0, train("killed", "--resume", "--threads", "3"), err.toString(UTF_8));
        for (var name : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(model("whole", name), model("killed", name), name);
        var starts = Files.readAllLines(folder.resolve("killed/starts.jsonl"));
        assertTrue(starts.get(0).contains("\"corpus check\":\"") && !starts.get(0).contains("\"update\""),
                starts.get(0));
        // Of update 20 if its state was written when the run was killed: that goes on beside training.
        assertTrue(starts.get(1).matches(".*\"update\":(5|10|15|20|25|30|35),.*"), starts.get(1));
        err.reset();
        assertEquals(0, train("killed", "--resume"));
        assertTrue(err.toString(UTF_8).endsWith("finished already; nothing to do\n"), err.toString(UTF_8));
        assertEquals(starts, Files.readAllLines(folder.resolve("killed/starts.jsonl")));
    }

    @Test
    void repeatedRunsHaveTheirSeedsAndTellHowScoresSpread() throws IOException {
        var out = new StringWriter();
        var streams = new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false);
        var arguments = arguments("all", "--set", "training.maxUpdates=2", "--set", "seed=7", "--repeat", "2");
        assertEquals(0, Main.run(streams, arguments.toArray(String[]::new)), err.toString(UTF_8));
        assertEquals(0, train("alone", "--set", "training.maxUpdates=2", "--set", "seed=8"));
        assertArrayEquals(model("alone", "best.safetensors"), model("all/seed-8", "best.safetensors"));
        var lines = out.toString().lines().toList();
        assertTrue(lines.get(0).matches("seed +update +bleu +loss +perplexity"), lines.get(0));
        assertEquals(List.of("7", "8", "mean", "deviation", "lowest", "highest"),
                lines.stream().skip(1).map(line -> line.split(" ")[0]).toList());
        assertEquals(Math.sqrt(2), SeedSpread.deviation(new double[] {1, 3}), 1e-12);
    }

    @Test
    void aRunThatDivergesDoesNotEndTheOthers() throws IOException {
        var out = new StringWriter();
        var streams = new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false);
        var arguments = arguments("all", "--set", "training.schedule={\"type\": \"constant\", \"rate\": 1e30}", "--set",
                "seed=7", "--repeat", "2");
        assertEquals(3, Main.run(streams, arguments.toArray(String[]::new)), err.toString(UTF_8));
        assertEquals(List.of("seed  update", "7     failed", "8     failed"), out.toString().lines().toList());
        assertTrue(err.toString(UTF_8).contains("\nseed 8: training diverges"), err.toString(UTF_8));
    }

    @Test
    void theScoresAreThoseOfTheRunsThatHaveNotFailed() {
        var spread = new SeedSpread();
        spread.add(1, new ModelFile.Origin(10, Map.of("bleu", 20.0)));
        spread.addFailed(2);
        spread.add(3, new ModelFile.Origin(20, Map.of("bleu", 22.0)));
        assertEquals(List.of("1 10 20.0000", "2 failed", "3 20 22.0000", "mean 21.0000"),
                spread.lines().subList(1, 5).stream().map(line -> line.replaceAll(" +", " ")).toList());
    }

    @Test
    void aFolderInUseAndOptionsThatExcludeEachOtherAreMistakes() {
        assertEquals(0, train("run", "--set", "training.maxUpdates=1"));
        assertEquals(2, train("run"));
        assertTrue(err.toString(UTF_8).contains("exists already; --resume goes on with it"), err.toString(UTF_8));
        assertEquals(2, train("run", "--resume", "--overwrite"));
        assertEquals(0, train("run", "--overwrite", "--set", "training.maxUpdates=2"));
    }

    @Test
    void aCorpusThatCannotBeReadCostsNoRunItsModels() throws IOException {
        assertEquals(0, train("run", "--set", "training.maxUpdates=1"));
        var best = model("run", "best.safetensors");
        var starts = model("run", "starts.jsonl");
        Files.writeString(folder.resolve("shorter"), "a b\n");
        assertEquals(2, train("run", "--overwrite", "--set", "data.train[0].target=" + folder.resolve("shorter")));
        assertArrayEquals(best, model("run", "best.safetensors"));
        assertArrayEquals(starts, model("run", "starts.jsonl"));
    }

    @Test
    void anotherRunsModelIsWhereFineTuningStarts() throws IOException {
        assertEquals(0, train("first", "--set", "training.maxUpdates=5"));
        var initial = folder.resolve("first/last.safetensors");
        err.reset();
        assertEquals(2, train("other", "--set", "training.initialModel=" + initial, "--set", "data.lowercase=true"));
        assertTrue(
                err.toString(UTF_8).startsWith("nmt: --set: data.lowercase: true, but training.initialModel has false"),
                err.toString(UTF_8));
        Files.writeString(folder.resolve("train"), "e d c b a\nx y\n");
        assertEquals(0,
                train("second", "--set", "training.initialModel=" + initial, "--set", "training.maxUpdates=1", "--set",
                        "training.schedule={\"type\": \"constant\", \"rate\": 1e-30}"),
                err.toString(UTF_8));
        try (var first = ModelFile.load(initial); var second = ModelFile.load(folder.resolve("second"))) {
            assertEquals(first.source(), second.source());
            assertArrayEquals(first.model().parameters().values().toArray(),
                    second.model().parameters().values().toArray());
        }
    }

    @Test
    void whatFineTuningTakesOverStandsInItsConfig() throws IOException {
        assertEquals(0, train("first", "--set", "training.maxUpdates=1", "--set", "data.vocabulary.minFrequency=2"));
        var initial = "training.initialModel=" + folder.resolve("first");
        assertEquals(2, train("other", "--set", initial, "--set", "data.vocabulary.minFrequency=3", "--set",
                "data.tokenizer={\"type\": \"bpe\", \"merges\": 5}"));
        for (var line : List.of("data.vocabulary.minFrequency: 3, but training.initialModel has 2,",
                "data.tokenizer.type: \"bpe\", but training.initialModel has \"word\",",
                "data.tokenizer.merges: 5, but training.initialModel has absent,"))
            assertTrue(err.toString(UTF_8).contains(line), err.toString(UTF_8));
        assertEquals(0, train("second", "--set", initial, "--set", "training.maxUpdates=1"));
        assertTrue(Files.readString(folder.resolve("second/config.json")).contains("\"minFrequency\": 2"));
        assertEquals(0, train("second", "--set", initial, "--set", "training.maxUpdates=2", "--resume"),
                err.toString(UTF_8));
    }

    @Test
    void aRunGoesOnWithoutTheFilesThatItHasTakenOver() throws IOException {
        assertEquals(0, train("first", "--set", "training.maxUpdates=1"));
        var initial = folder.resolve("first/best.safetensors");
        var words = Files.writeString(folder.resolve("words"), "3 16\n" + "a 0.5%1$s\nb 1%1$s\nc 2%1$s\n"
                .formatted(" 0.25".repeat(15)));
        var arguments = new String[] {"--set", "training.initialModel=" + initial, "--set",
                "model.sourceEmbeddings={\"file\": \"" + words + "\"}", "--resume", "--set", "training.maxUpdates=1"};
        assertEquals(0, train("second", arguments), err.toString(UTF_8));
        Files.delete(initial);
        Files.delete(words);
        arguments[arguments.length - 1] = "training.maxUpdates=2";
        assertEquals(0, train("second", arguments), err.toString(UTF_8));
        err.reset();
        assertEquals(2, train("third", arguments));
        assertTrue(err.toString(UTF_8).contains("training.initialModel: \"" + initial + "\": no such file"),
                err.toString(UTF_8));
        Files.delete(folder.resolve("valid"));
        assertEquals(2, train("second", arguments));
        assertTrue(err.toString(UTF_8).contains("data.validation.source: "), err.toString(UTF_8));
    }

    @Test
    void aConfigThatDoesNotGoWithTheVocabularyThatItTakesOverIsAMistake() {
        assertEquals(0, train("first", "--set", "training.maxUpdates=1", "--set", "data.vocabulary.shared=false",
                "--set", "model.tiedEmbeddings=output"));
        err.reset();
        assertEquals(2, train("other", "--set", "training.initialModel=" + folder.resolve("first")));
        assertTrue(err.toString(UTF_8).startsWith("nmt: training.initialModel: model.tiedEmbeddings: all needs one "
                + "vocabulary for both sides"), err.toString(UTF_8));
    }
}
