package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    @Test
    void aPipeGetsALineEveryTenSeconds() {
        try (var progress = progress(false, 5000)) {
            for (int second = 0; second <= 25; second++) {
                now = second * 1_000_000_000L;
                progress.at(100L * second);
            }
        }
        assertEquals("""
                translating lines: 1,000 of 5,000 (20 %), 100/s, 0:40 left
                translating lines: 2,000 of 5,000 (40 %), 100/s, 0:30 left
                """, err.toString(UTF_8));
    }

    @Test
    void aTerminalHasOneLineThatIsGoneInTheEnd() {
        try (var progress = progress(true, 0)) {
            now = 100_000_000;
            progress.at(1);
            now = 500_000_000;
            progress.at(4);
        }
        assertEquals("\r\u001b[Ktranslating lines: 4, 8/s\r\u001b[K", err.toString(UTF_8));
    }

    @Test
    void whatWasDoneBeforeCountsForTheWholeAndNotForTheRate() {
        try (var progress = progress(false, 2000, 1000)) {
            now = 10_000_000_000L;
            progress.at(1100);
        }
        assertEquals("translating lines: 1,100 of 2,000 (55 %), 10/s, 1:30 left\n", err.toString(UTF_8));
    }

    @Test
    void shortWorkSaysNothing() {
        progress(true, 10).close();
        assertEquals("", err.toString(UTF_8));
    }

    private Progress progress(boolean terminal, long total) {
        return progress(terminal, total, 0);
    }

    private Progress progress(boolean terminal, long total, long before) {
        var streams = new Streams(InputStream.nullInputStream(), Writer.nullWriter(), new PrintStream(err, true, UTF_8),
                terminal);
        return new Progress(streams, "translating lines", total, before, () -> now);
    }
}
