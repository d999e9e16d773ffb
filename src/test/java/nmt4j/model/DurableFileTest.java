package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path folder;

    @Test
    void newContentReplacesOld() throws IOException {
        var file = folder.resolve("state");
        DurableFile.write(file, "a longer old text");
        DurableFile.write(file, "neu: ü");
        assertEquals("neu: ü", Files.readString(file));
        assertFalse(Files.exists(folder.resolve("state.nmt-tmp")));
    }

    @Test
    void aWriteThatFailsHalfWayLeavesTheOldContent() throws IOException {
        var file = folder.resolve("state");
        DurableFile.write(file, "old");
        var failure = assertThrows(Failure.class, () -> DurableFile.write(file, channel -> {
            channel.write(ByteBuffer.wrap(new byte[100]));
            throw new IOException("No space left on device");
        }));
        assertEquals(Failure.Kind.MACHINE, failure.kind());
        assertEquals("old", Files.readString(file));
        assertFalse(Files.exists(folder.resolve("state.nmt-tmp")));
    }

    @Test
    void bytesAreWrittenAsTheyAreAlsoIfThereAreNone() throws IOException {
        var file = folder.resolve("state");
        DurableFile.write(file, MemorySegment.ofArray(new byte[] {0, -1, '\n'}));
        assertArrayEquals(new byte[] {0, -1, '\n'}, Files.readAllBytes(file));
        DurableFile.write(file, MemorySegment.ofArray(new byte[0]));
        assertEquals(0, Files.size(file));
    }

    @Test
    void aFolderThatIsNotThereIsTheMachinesFailure() {
        var file = folder.resolve("none").resolve("state");
        assertEquals(Failure.Kind.MACHINE, assertThrows(Failure.class, () -> DurableFile.write(file, "text")).kind());
    }

    @Test
    void aLinkIsFollowed() throws IOException {
        var file = Files.writeString(folder.resolve("state"), "old");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        DurableFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void aDeviceIsWrittenToAndNotReplaced() {
        var device = Path.of("/dev/null");
        assertFalse(DurableFile.canReplace(device));
        assertFalse(DurableFile.canReplace(Path.of("/dev/stdout")));
        assertTrue(DurableFile.canReplace(folder.resolve("new")));
        DurableFile.write(device, "text");
        assertFalse(Files.isRegularFile(device));
    }
}
