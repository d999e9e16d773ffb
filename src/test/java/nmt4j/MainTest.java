package nmt4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nmt4j.cli.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpAndVersionGoToStdout() {
        assertEquals(0, run(out, "--help"));
        assertTrue(out.toString().startsWith("Usage: nmt "), out.toString());
        assertEquals(0, run(out, "--version"));
        assertTrue(out.toString().matches("(?s).*nmt4j \\d+\\.\\d+\\.\\d+ \\(Java .*\\)\n"), out.toString());
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void everyCommandCallsItselfAsItIsCalled() {
        assertEquals(Main.COMMANDS, List.copyOf(Main.commandLine(streams(out)).getSubcommands().keySet()));
        for (var name : Main.COMMANDS)
            assertEquals(List.of(name),
                    List.copyOf(Main.commandLine(streams(out), name, "x").getSubcommands().keySet()));
    }

    @Test
    void mistakesInTheArgumentsAreOneLineWithTheNearestName() {
        assertEquals(2, run(out, "proeb", "lines"));
        assertEquals("nmt: unknown command proeb; did you mean probe? (see \"nmt --help\")\n", err.toString(UTF_8));
        err.reset();
        assertEquals(2, run(out, "probe", "lines", "--repaet", "3"));
        assertEquals("nmt: probe: unknown option --repaet; did you mean --repeat? (see \"nmt probe --help\")\n",
                err.toString(UTF_8));
        err.reset();
        assertEquals(2, run(out, "probe"));
        assertEquals("nmt: probe: Missing required parameter: 'WHAT' (see \"nmt probe --help\")\n",
                err.toString(UTF_8));
        err.reset();
        assertEquals(2, run(out));
        assertEquals("nmt: which command? (see \"nmt --help\")\n", err.toString(UTF_8));
        assertEquals("", out.toString());
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(Failure.mistake("configs/x.json: seed: got -1"), 2, "nmt: configs/x.json: seed: got -1\n"),
                Arguments.of(Failure.check("diverged"), 3, "nmt: diverged\n"),
                Arguments.of(Failure.machine("no memory", null), 4, "nmt: no memory\n"),
                Arguments.of(Failure.mistake("a.de: " + "\u001b".repeat(9000) + ", expected b"), 2,
                        "nmt: a.de: " + "\\u001b".repeat(494) + " … " + "\\u001b".repeat(488) + ", expected b\n"),
                Arguments.of(new UncheckedIOException(new NoSuchFileException("a.de")), 2, "nmt: a.de: no such file\n"),
                Arguments.of(new AccessDeniedException("a.de"), 4, "nmt: a.de: permission denied\n"),
                Arguments.of(new IOException("No space left on device"), 4, "nmt: No space left on device\n"),
                Arguments.of(new OutOfMemoryError("Java heap space"), 4, "nmt: out of memory: Java heap space\n"),
                Arguments.of(new ExceptionInInitializerError(new RuntimeException("probably missing dependencies",
                        new UnsatisfiedLinkError("no jniopenblas in java.library.path"))), 4,
                        "nmt: ND4J's native libraries cannot be loaded (no jniopenblas in java.library.path); they are "
                                + "unpacked into ~/.javacpp\n"),
                Arguments.of(new IOException("Broken pipe"), 141, ""));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void whatEndsACommandBecomesALineAndAnExitCode(Throwable thrown, int code, String line) {
        assertEquals(code, Main.run(Main.commandLine(streams(out)).addSubcommand(new Probe(out, thrown)), streams(out),
                "probe", "nothing"));
        assertEquals(line, err.toString(UTF_8));
    }

    @Test
    void aBugIsAStackTraceAndARequest() {
        var bug = new IllegalStateException("odd");
        assertEquals(1, Main.run(Main.commandLine(streams(out)).addSubcommand(new Probe(out, bug)), streams(out),
                "probe", "nothing"));
        var text = err.toString(UTF_8);
        assertTrue(text.startsWith("java.lang.IllegalStateException: odd\n\tat nmt4j.MainTest"), text);
        assertTrue(
                text.endsWith(
                        "nmt: this is a bug in nmt4j: please report it, with the lines above and \"nmt --version\"\n"),
                text);
    }

    @Test
    void aFullDiskBehindStdoutIsNoticedAndAClosedReaderIsNotAnError() {
        assertEquals(4, run(failing("No space left on device"), "probe", "lines"));
        assertEquals("nmt: No space left on device\n", err.toString(UTF_8));
        err.reset();
        assertEquals(141, run(failing("Broken pipe"), "--help"));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void helpLoadsNothingOfNd4j() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-Xlog:class+load", "-cp", System.getProperty("java.class.path"),
                "nmt4j.Main", "--help").redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), text);
        assertTrue(text.contains("nmt4j.Main "), text);
        assertFalse(text.contains(" org.nd4j.") || text.contains(" org.bytedeco."), text);
    }

    private int run(Writer stdout, String... args) {
        var streams = streams(stdout);
        return Main.run(Main.commandLine(streams).addSubcommand(new Probe(stdout, null)), streams, args);
    }

    private Streams streams(Writer stdout) {
        return new Streams(InputStream.nullInputStream(), stdout, new PrintStream(err, true, UTF_8), false);
    }

    private static Writer failing(String message) {
        return new Writer() {
            @Override
            public void write(char[] text, int from, int length) {}

            @Override
            public void flush() throws IOException {
                throw new IOException(message);
            }

            @Override
            public void close() {}
        };
    }

    /// A command that prints its argument, or ends as it is told.
    @Command(name = "probe", mixinStandardHelpOptions = true)
    record Probe(Writer out, Throwable thrown, String[] what) implements Callable<Integer> {
        Probe(Writer out, Throwable thrown) {
            this(out, thrown, new String[1]);
        }

        @Parameters(paramLabel = "WHAT")
        void what(String word) {
            what[0] = word;
        }

        @Option(names = "--repeat")
        void repeat(int times) {}

        @Override
        public Integer call() throws Exception {
            switch (thrown) {
                case null -> out.write(what[0] + "\n");
                case Exception e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError(thrown);
            }
            return 0;
        }
    }
}
