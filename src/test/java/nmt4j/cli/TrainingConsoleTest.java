package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingConsoleTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    /// Ten updates a second from update 1,001 on, then back to 1,000.
    @Test
    void theRateIsThatOfTheUpdatesThatWereSeen() {
        try (var console = new TrainingConsole(terminal(), () -> now)) {
            for (long update = 1001; update <= 1011; update++) step(console, update);
            step(console, 1001);
            for (long update = 1002; update <= 1011; update++) step(console, update);
        }
        var lines = Arrays.stream(err.toString(UTF_8).split("\r\u001b\\[K")).filter(line -> !line.isEmpty()).toList();
        var counts = List.of(1003, 1005, 1007, 1009, 1011, 1003, 1005, 1007, 1009, 1011);
        assertEquals(counts.stream().map("training, updates: %,d, 10/s"::formatted).toList(), lines);
    }

    private void step(TrainingConsole console, long update) {
        console.progress(update, 0);
        now += 100_000_000;
    }

    @Test
    void textOfACorpusCommandsNoTerminal() {
        try (var console = new TrainingConsole(terminal())) {
            console.line("  source      \u001b[2J\rein Hund läuft " + "weit ".repeat(300) + "😀");
        }
        assertEquals("  source      \\u001b[2J\\u000dein Hund läuft " + "weit ".repeat(300) + "😀"
                + System.lineSeparator(), err.toString(UTF_8));
    }

    private Streams terminal() {
        return new Streams(InputStream.nullInputStream(), Writer.nullWriter(), new PrintStream(err, true, UTF_8), true);
    }
}
