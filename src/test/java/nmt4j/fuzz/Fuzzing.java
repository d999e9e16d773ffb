package nmt4j.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import nmt4j.Main;
import nmt4j.cli.Measured;
import nmt4j.cli.Streams;

/// Gives spoilt inputs to commands, one after the other. Input n of a seed is always the same, whatever came before it.
final class Fuzzing {
    /// How a command is run.
    interface Runner {
        Verdict run(Attempt attempt) throws IOException;
    }

    private final Path folder;
    private final long seed;
    private final Runner runner;
    private final Map<Integer, Integer> codes = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();

    Fuzzing(Path folder, long seed, Runner runner) {
        this.folder = folder;
        this.seed = seed;
        this.runner = runner;
    }

    /// Goes through the inputs `from` to `to` − 1 and returns what was wrong.
    List<String> run(int from, int to) throws IOException {
        var kinds = Fuzzer.all();
        for (int n = from; n < to; n++) {
            var kind = kinds.get(n % kinds.size());
            var attempt = kind.attempt(folder, new Random(new SplittableRandom(31 * seed + n).nextLong()));
            var verdict = runner.run(attempt);
            codes.merge(verdict.code(), 1, Integer::sum);
            var input = "input " + n + " of seed " + seed + ", " + kind.getClass().getSimpleName() + ": ";
            verdict.complaint(attempt).ifPresent(complaint -> complaints.add(input + complaint));
        }
        return complaints;
    }

    /// How often each exit code came.
    Map<Integer, Integer> codes() {
        return codes;
    }

    /// Runs a command in this process.
    static Verdict inside(Attempt attempt) {
        var out = new StringWriter();
        var err = new ByteArrayOutputStream();
        long start = System.nanoTime();
        int code =
                Main.run(new Streams(new ByteArrayInputStream(attempt.input()), out, new PrintStream(err, true, UTF_8),
                        false), attempt.arguments().toArray(String[]::new));
        return new Verdict(code, out.toString(), err.toString(UTF_8), Duration.ofNanos(System.nanoTime() - start));
    }

    /// `SEED FROM TO`: many inputs in one process, which says at the end how much memory it took.
    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory("fuzz");
        var fuzzing = new Fuzzing(folder, Long.parseLong(args[0]), Fuzzing::inside);
        var complaints = fuzzing.run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        complaints.forEach(System.out::println);
        System.out.println("exit codes " + fuzzing.codes() + ", " + complaints.size() + " complaints, peak "
                + Measured.peakMebibytes() + " MiB");
        System.exit(complaints.isEmpty() ? 0 : 1);
    }
}
