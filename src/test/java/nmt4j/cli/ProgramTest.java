package nmt4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs on the quickstart's corpus, each in a process of its own: the same bytes whatever happens, and flat memory.
@Tag("slow")
class ProgramTest {
    private static final List<String> SMALL = List.of("model.modelSize=64", "model.feedForwardSize=128",
            "model.dropout={\"embedding\": 0.1, \"residual\": 0.1, \"attention\": 0.1, \"feedForward\": 0.1}",
            "data.tokenizer={\"type\": \"bpe\", \"merges\": 1000, \"dropout\": 0.1}", "data.validation=null",
            "training.batch.size=384");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void trainOnOneThread() throws IOException, InterruptedException {
        Program.run(arguments("whole", 200, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void moreThreadsGiveTheSameBytes(int threads) throws IOException, InterruptedException {
        Program.run(arguments("threads" + threads, 200, threads));
        assertArrayEquals(model("whole"), model("threads" + threads));
    }

    @Test
    void aRunThatIsKilledAtARandomUpdateEndsAsTheOneThatIsNot() throws IOException, InterruptedException {
        int update = new Random().nextInt(20, 190);
        Program.kill(arguments("killed", 200, 2), " update " + update + ":");
        Program.run(arguments("killed", 200, 3, "--resume"));
        assertArrayEquals(model("whole"), model("killed"), "killed at update " + update);
    }

    /// What a JVM of 300 MiB takes for compiled code and its heap is more than 2 % of it; 16 KiB an update are far more.
    @Test
    void memoryIsFlat() throws IOException, InterruptedException {
        Program.run(arguments("run", 2000, 2));
        double early = mebibytes("run", 200);
        double late = mebibytes("run", 2000);
        System.out.printf("resident memory: %.0f MiB at update 200, %.0f MiB at update 2000%n", early, late);
        assertTrue(late - early < Math.max(20, 0.02 * early), () -> early + " MiB, then " + late);
    }

    /// Trains for some updates; each is logged, and the state is saved after every fifth.
    private static List<String> arguments(String run, int updates, int threads, String... more) {
        var arguments = new ArrayList<>(List.of("train", "configs/quickstart.json", "--threads",
                Integer.toString(threads), "--run", folder.resolve(run).toString(), "--set",
                "training.maxUpdates=" + updates, "--set", "training.validation.everyUpdates=5"));
        for (var setting : SMALL) arguments.addAll(List.of("--set", setting));
        arguments.addAll(Arrays.asList(more));
        return arguments;
    }

    private static byte[] model(String run) throws IOException {
        return Files.readAllBytes(folder.resolve(run).resolve("last.safetensors"));
    }

    private static double mebibytes(String run, int update) throws IOException {
        var json = new ObjectMapper();
        for (var line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
            JsonNode record = json.readTree(line);
            if (record.path("event").asText().equals("training") && record.path("update").asInt() == update)
                return record.path("memoryMiB").asDouble();
        }
        throw new AssertionError("no record of update " + update);
    }
}
