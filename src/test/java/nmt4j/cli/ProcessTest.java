package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What surroundings do to the program: readers and terminals that go away, limits, folders that vanish.
@DisabledOnOs(OS.WINDOWS)
class ProcessTest {
    private static final int READER_GONE = 141;
    private static final int MACHINE = 4;
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    private Path run;
    private Path model;

    @BeforeEach
    void writeFiles() throws IOException {
        run = folder.resolve("run");
        model = RandomModel.write(folder.resolve("model.safetensors"), RandomModel.TRANSFORMER, 3);
        Files.writeString(folder.resolve("train"), "a b c\nb a\nc c a\na\n".repeat(40));
    }

    @Test
    void aReaderThatGoesAwayEndsTranslationQuietly() throws IOException, InterruptedException {
        var input = Files.writeString(folder.resolve("in"), "ein Satz\n".repeat(100_000));
        var process = new ProcessBuilder(Program.nmt(List.of(), List.of("translate", model.toString(), "--beam", "1")))
                .redirectInput(input.toFile()).start();
        try (var lines = process.inputReader(UTF_8)) {
            lines.readLine();
        }
        assertEquals(List.of(), messages(process));
        assertEquals(READER_GONE, process.waitFor());
    }

    @Test
    void whatCannotBeWrittenIsNamedAndTheOldFileStays() throws IOException, InterruptedException {
        var input = Files.writeString(folder.resolve("in"), "ein Satz\n".repeat(3000));
        var output = Files.writeString(folder.resolve("out"), "old");
        var process = limited("-f 8", List.of("translate", model.toString(), "--beam", "1", "--input", input.toString(),
                "--output", output.toString())).start();
        assertEquals(List.of("nmt: " + output + ": cannot be written: File too large"), messages(process));
        assertEquals(MACHINE, process.waitFor());
        assertEquals("old", Files.readString(output));
        assertFalse(Files.exists(folder.resolve("out.nmt-tmp")));
    }

    @Test
    void aClosedTerminalDoesNotEndARun() throws IOException, InterruptedException {
        var process = new ProcessBuilder(Program.nmt(List.of(), training(60))).start();
        process.getInputStream().close();
        awaitLine(process, " update 1:");
        signal(process, "HUP");
        process.getErrorStream().close();
        assertEquals(0, process.waitFor());
        assertTrue(Files.readString(run.resolve("train.log")).contains("training.maxUpdates reached"));
    }

    @Test
    void aRunWhoseFilesCannotBeWrittenWaitsAndStopsWhenAsked() throws IOException, InterruptedException {
        var process = limited("-f 8", training(60)).start();
        awaitLine(process, "state-0.safetensors: cannot be written: File too large; training waits: attempt 1 of 30");
        signal(process, "TERM");
        var rest = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(MACHINE, process.waitFor(), rest);
        assertTrue(rest.startsWith("nmt: ") && rest.lines().count() == 1, rest);
    }

    @Test
    void aRunWhoseFolderIsDeletedWaitsForIt() throws IOException, InterruptedException {
        var process = new ProcessBuilder(Program.nmt(List.of(), training(1_000_000))).start();
        awaitLine(process, " update 1:");
        try (var files = Files.walk(run)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
        awaitLine(process, ": cannot be written: no such file or folder; training waits: attempt 1 of 30");
        signal(process, "TERM");
        var rest = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(MACHINE, process.waitFor(), rest);
        assertTrue(rest.lines().allMatch(line -> line.startsWith("nmt: ")), rest);
    }

    /// As `timeout` sends it, to the process and to its group.
    @Test
    void oneSignalThatComesSeveralTimesLetsARunStopInOrder() throws IOException, InterruptedException {
        var process = new ProcessBuilder(Program.nmt(List.of(), training(1_000_000))).start();
        awaitLine(process, " update 1:");
        var kill = "kill -TERM %1$d; sleep 0.01; kill -TERM %1$d".formatted(process.pid());
        new ProcessBuilder("sh", "-c", kill).start().waitFor();
        var rest = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(TERMINATED, process.waitFor(), rest);
        assertTrue(rest.contains("stopped after update ") && rest.endsWith("; --resume goes on\n"), rest);
    }

    private List<String> training(int updates) throws IOException {
        var config = Files.writeString(folder.resolve("tiny.json"), """
                {"data": {"train": [{"source": "%1$s/train", "target": "%1$s/train"}], "tokenizer": {"type": "word"}},
                 "model": {"type": "transformer", "modelSize": 16, "feedForwardSize": 16, "numHeads": 2,
                           "encoderLayers": 1, "decoderLayers": 1},
                 "training": {"batch": {"size": 24}, "maxEpochs": null, "maxUpdates": %2$d,
                              "validation": {"everyUpdates": 20}}}""".formatted(folder, updates));
        return List.of("train", config.toString(), "--run", run.toString(), "--threads", "1");
    }

    /// The program with a limit of the shell's.
    private static ProcessBuilder limited(String limit, List<String> arguments) {
        var command = new ArrayList<>(List.of("sh", "-c", "ulimit " + limit + "; exec \"$@\"", "sh"));
        command.addAll(Program.nmt(List.of(), arguments));
        return new ProcessBuilder(command);
    }

    /// Reads stderr up to a line that holds this.
    private static void awaitLine(Process process, String text) throws IOException {
        var seen = new StringBuilder();
        for (int b = process.getErrorStream().read(); b >= 0; b = process.getErrorStream().read()) {
            seen.append((char) b);
            if (b == '\n' && seen.indexOf(text) >= 0) return;
        }
        throw new AssertionError("no line with \"" + text + "\": " + seen);
    }

    /// What the program says, progress and the JVM's warning apart.
    private static List<String> messages(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), UTF_8).lines()
                .filter(line -> !line.startsWith("translating lines: ") && !line.startsWith("WARNING: Using incubator"))
                .toList();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
    }
}
