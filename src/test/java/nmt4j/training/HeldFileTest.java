package nmt4j.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nmt4j.Failure;
import nmt4j.training.FaultyFiles.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFileTest {
    @TempDir
    private Path folder;

    @Test
    void aDeletedFileIsWrittenAgainAndGoesOn() throws IOException {
        writeDeleteRestoreWrite(new FaultyFiles(Fault.NONE, 0));
    }

    /// Also where the file is back already and what comes after fails, or where nobody can tell whether it is gone.
    @Test
    void whateverCallFailsTheNextAttemptLosesNothing() throws IOException {
        var counter = new FaultyFiles(Fault.NONE, 0);
        int before = writeDeleteRestoreWrite(counter);
        int after = counter.calls().size();
        assertTrue(after > before, counter.calls().toString());
        for (int at = before + 1; at <= after; at++) writeDeleteRestoreWrite(new FaultyFiles(Fault.FAILS, at));
    }

    /// @return  how many calls there were before the file was restored
    private int writeDeleteRestoreWrite(FaultyFiles files) throws IOException {
        var file = folder.resolve("log");
        Files.deleteIfExists(file);
        int before;
        try (var held = HeldFile.appending(files.of(file))) {
            held.channel().write(UTF_8.encode("before\n"));
            Files.delete(file);
            before = files.calls().size();
            restore(held);
            held.restore();
            write(held, "after\n");
        }
        assertEquals("before\nafter\n", Files.readString(file), files.calls().toString());
        return before;
    }

    private static void restore(HeldFile held) {
        try {
            held.restore();
        } catch (Failure _) {
            held.restore();
        }
    }

    private static void write(HeldFile held, String text) throws IOException {
        try {
            held.channel().write(UTF_8.encode(text));
        } catch (IOException _) {
            held.channel().write(UTF_8.encode(text));
        }
    }
}
