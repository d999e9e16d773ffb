package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import nmt4j.cli.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever files and lines hold, a command ends soon and in little memory: with a result, or with a message.
///
/// `-Dnmt.fuzz.seed`, `-Dnmt.fuzz.inputs` and `-Dnmt.fuzz.processes` say which and how many inputs the slow tests take.
class FuzzTest {
    private static final long SEED = Long.getLong("nmt.fuzz.seed", 1);
    private static final int INPUTS = Integer.getInteger("nmt.fuzz.inputs", 10_000);
    private static final int PROCESSES = Integer.getInteger("nmt.fuzz.processes", 500);
    private static final int MEBIBYTES = 1000;
    private static final String HEAP = "-Xmx600m";

    @TempDir
    private Path folder;

    @Test
    void spoiltInputIsReadOrRefused() throws IOException {
        var fuzzing = new Fuzzing(folder, 0, Fuzzing::inside);
        assertEquals(List.of(), fuzzing.run(0, 150));
        assertTrue(fuzzing.codes().getOrDefault(0, 0) >= 15 && fuzzing.codes().getOrDefault(2, 0) >= 15,
                () -> "exit codes " + fuzzing.codes());
    }

    @Test
    @Tag("slow")
    void manySpoiltInputsInOneProcessTakeNoMoreMemoryThanOne() throws IOException, InterruptedException {
        var arguments = List.of(Long.toString(SEED), "0", Integer.toString(INPUTS));
        var command = Program.java(List.of(HEAP), Fuzzing.class, arguments);
        var process = new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        System.out.print(said);
        assertEquals(0, process.waitFor(), () -> said);
        var peak = Pattern.compile("peak (\\d+) MiB").matcher(said);
        assertTrue(peak.find() && Integer.parseInt(peak.group(1)) < MEBIBYTES, said);
    }

    @Test
    @Tag("slow")
    void spoiltInputDoesTheProgramNoHarm() throws IOException {
        var fuzzing = new Fuzzing(folder, SEED + 1, this::process);
        assertEquals(List.of(), fuzzing.run(0, PROCESSES));
        System.out.println(PROCESSES + " processes, exit codes " + fuzzing.codes());
    }

    private Verdict process(Attempt attempt) throws IOException {
        var in = Files.write(folder.resolve("in"), attempt.input());
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        long start = System.nanoTime();
        var process = new ProcessBuilder(Program.nmt(List.of(HEAP), attempt.arguments())).redirectInput(in.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        var time = Duration.ofNanos(System.nanoTime() - start);
        return new Verdict(process.exitValue(), Files.readString(out), Files.readString(err), time);
    }
}
