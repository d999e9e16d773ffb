package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import nmt4j.Main;

/// `nmt` in a process of its own, started as the launcher starts it.
public final class Program {
    private static final int KILLED = 137;

    private Program() {}

    /// Runs it to its end.
    static void run(List<String> arguments) throws IOException, InterruptedException {
        watch(arguments, line -> false, 0);
    }

    /// Runs it until it writes a line that holds `text` on stderr, and then kills it (kill -9).
    static void kill(List<String> arguments, String text) throws IOException, InterruptedException {
        watch(arguments, line -> line.contains(text), KILLED);
    }

    private static void watch(List<String> arguments, Predicate<String> isLast, int exitCode)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(nmt(List.of(), arguments)).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        var seen = new ArrayList<String>();
        try (var lines = process.errorReader(UTF_8)) {
            // reads on to the end, so that a run which was not killed shows it by its exit code
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                seen.add(line);
                if (isLast.test(line)) process.toHandle().destroyForcibly(); // the streams stay open
            }
        }
        assertEquals(exitCode, process.waitFor(), () -> String.join("\n", seen));
    }

    /// The command line of `nmt`: of the classes under test, or of the one file that `-Dnmt.program` names.
    ///
    /// @param flags  for the JVM, besides the launcher's
    public static List<String> nmt(List<String> flags, List<String> arguments) {
        var file = System.getProperty("nmt.program");
        if (file == null) return java(flags, Main.class, arguments);
        var command = new ArrayList<>(List.of("env", "NMT_JAVA_OPTS=" + String.join(" ", flags), file));
        command.addAll(arguments);
        return command;
    }

    /// The command line of a main class of ours.
    public static List<String> java(List<String> flags, Class<?> main, List<String> arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path")));
        command.addAll(flags);
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
