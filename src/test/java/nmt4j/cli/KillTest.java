package nmt4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of every family that are killed (kill -9) at random moments, some of them several times, and go on, every fourth with
/// another number of threads: they end with the bytes of runs that nobody killed.
///
/// `-Dnmt.kills=N` says how many, `-Dnmt.kills.seed` which, and `-Dnmt.program=FILE` that they are of `target/nmt`.
@Tag("slow")
class KillTest {
    private static final int RUNS = Integer.getInteger("nmt.kills", 200);
    private static final int KILLED = 137;
    private static final long SEED = Long.getLong("nmt.kills.seed", 1);

    private static final String CONFIG = """
            {"data": {"train": [{"source": "%1$s/train.de", "target": "%1$s/train.en"}],
                      "validation": {"source": "%1$s/valid.de", "target": "%1$s/valid.en"},
                      "tokenizer": {%2$s}, "vocabulary": {"shared": false}},
             "model": {%3$s},
             "training": {"batch": {"size": 300}, "maxEpochs": null, "maxUpdates": 40, %4$s,
                          "validation": {"everyUpdates": 4, "metric": "loss", "patience": null}},
             "decoding": {"beamSize": 1, "maxLength": {"factor": 0, "extra": 3}}}""";

    private record Family(String name, String tokenizer, String model, String training) {}

    private static final List<Family> FAMILIES = List.of(
            new Family("transformer", "\"type\": \"bpe\", \"merges\": 100, \"dropout\": 0.1", """
                    "type": "transformer", "modelSize": 16, "feedForwardSize": 24, "numHeads": 2, "encoderLayers": 1,
                    "decoderLayers": 1, "tiedEmbeddings": "output"
                    """, """
                    "exponentialMovingAverage": 0.9"""),
            new Family("elman", "\"type\": \"word\"",
                    """
                    "type": "rnn", "cell": "elman", "embeddingSize": 12, "modelSize": 16, "context": {"type": "fixed"}""",
                    """
                    "truncatedBackpropagation": 3, "clipValue": 0.5"""),
            new Family("gru", "\"type\": \"rawBpe\", \"merges\": 100, \"dropout\": 0.1", """
                    "type": "rnn", "cell": "gru", "embeddingSize": 12, "modelSize": 16, "context": {"type": "bahdanau"},
                    "readout": "maxout"
                    """, """
                    "precision": "bfloat16", "accumulation": 2, "exponentialMovingAverage": 0.5"""),
            new Family("lstm", "\"type\": \"bpe\", \"merges\": 100", """
                    "type": "rnn", "cell": "lstm", "embeddingSize": 12, "modelSize": 16, "bidirectional": true,
                    "context": {"type": "luong", "inputFeeding": true},
                    "dropout": {"embedding": 0.2, "layer": 0.2, "recurrent": 0.1, "word": 0.1}""", """
                    "schedule": {"type": "plateau", "patience": 1}, "keepBest": 2, "keepLast": 2"""),
            new Family("jordan", "\"type\": \"word\"", """
                    "type": "rnn", "cell": "jordan", "embeddingSize": 12, "modelSize": 16, "reverseSource": true,
                    "bidirectional": false, "context": {"type": "none"}""", """
                    "optimizer": {"type": "sgd", "momentum": 0.9}, "schedule": {"type": "constant", "rate": 0.1}"""),
            new Family("convolutional", "\"type\": \"bpe\", \"merges\": 100, \"dropout\": 0.1", """
                    "type": "convolutional", "embeddingSize": 12, "modelSize": 16, "encoderLayers": 1,
                    "decoderLayers": 1""", """
                    "optimizer": {"type": "adamW"}, "accumulation": 2"""));

    @TempDir
    private Path folder;

    private final Map<Family, Long> milliseconds = new HashMap<>();
    private int kills;

    @Test
    void runsKilledAtRandomMomentsEndAsThoseThatAreNot() throws IOException, InterruptedException {
        writeCorpus();
        for (var family : FAMILIES) {
            Program.run(arguments(family, "warm", 1)); // the first run loads from a cold disk
            long start = System.nanoTime();
            Program.run(arguments(family, family.name, 1));
            milliseconds.put(family, (System.nanoTime() - start) / 1_000_000);
            delete(folder.resolve("warm"));
        }
        for (int i = 0; i < RUNS; i++) killAndResume(i);
        System.out.printf("%d of %d runs, killed %d times, end with the same bytes; seed %d%n", RUNS, RUNS, kills,
                SEED);
    }

    private void killAndResume(int number) throws IOException, InterruptedException {
        var family = FAMILIES.get(number % FAMILIES.size());
        var random = new Random(new SplittableRandom(1000 * SEED + number).nextLong()); // neighbouring seeds are alike
        int threads = (number + number / FAMILIES.size()) % 4 == 3 ? 2 + random.nextInt(2) : 1;
        var before = kills;
        for (int n = random.nextInt(4) == 0 ? 3 : 1; n > 0; n--) runFor(family, random);
        while (kills == before) { // too late each time
            delete(folder.resolve("run"));
            runFor(family, random);
        }
        var arguments = arguments(family, "run", threads);
        arguments.add("--resume");
        Program.run(arguments);
        var where = family.name + ", run " + number + " of seed " + SEED + ", " + threads + " threads";
        for (var file : List.of("last.safetensors", "best.safetensors"))
            assertArrayEquals(bytes(family.name, file), bytes("run", file), where + ": " + file);
        assertEquals(metrics(family.name), metrics("run"), where);
        System.out.printf("%s: killed %d times, the same bytes%n", where, kills - before);
        delete(folder.resolve("run"));
    }

    /// Starts the run, or goes on with it, and kills it, unless it ends before.
    private void runFor(Family family, Random random) throws IOException, InterruptedException {
        var arguments = arguments(family, "run", 1);
        arguments.add("--resume");
        var process = new ProcessBuilder(Program.nmt(List.of(), arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.waitFor((long) (random.nextDouble() * milliseconds.get(family)), TimeUnit.MILLISECONDS);
        if (process.destroyForcibly().waitFor() == KILLED) kills++;
    }

    private List<String> arguments(Family family, String run, int threads) throws IOException {
        var config = Files.writeString(folder.resolve(family.name + ".json"),
                CONFIG.formatted(folder, family.tokenizer, family.model, family.training));
        return new ArrayList<>(List.of("train", config.toString(), "--run", folder.resolve(run).toString(), "--threads",
                Integer.toString(threads)));
    }

    private void writeCorpus() throws IOException {
        for (var side : List.of("de", "en")) {
            var lines = Files.readAllLines(Path.of("data/quickstart/train." + side)).subList(0, 600);
            Files.write(folder.resolve("train." + side), lines);
            Files.write(folder.resolve("valid." + side), lines.subList(0, 9));
        }
    }

    private byte[] bytes(String run, String file) throws IOException {
        return Files.readAllBytes(folder.resolve(run).resolve(file));
    }

    /// The records, without what depends on the clock or the machine.
    private List<String> metrics(String run) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll("\"(\\w+PerSecond|memoryMiB|seconds)\":[^,}]*", "")).toList();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
