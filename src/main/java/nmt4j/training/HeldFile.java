package nmt4j.training;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import nmt4j.Failure;
import nmt4j.model.DurableFile;

/// A file of a run that is held open: if somebody deletes it, its content lasts for as long, and is written again.
final class HeldFile implements AutoCloseable {
    private final Path path;
    private final OpenOption[] options;
    private FileChannel channel;
    private boolean isAnother; // than the one that is open: the one at the path

    private HeldFile(Path path, OpenOption... options) throws IOException {
        this.path = path;
        this.options = options;
        channel = open();
    }

    /// One that is only ever replaced.
    static HeldFile reading(Path path) {
        try {
            return new HeldFile(path, READ);
        } catch (IOException e) {
            throw Failure.machine(path + ": cannot be read: " + Failure.reason(e), e);
        }
    }

    /// One to write to, at its end.
    static HeldFile appending(Path path) throws IOException {
        return new HeldFile(path, CREATE, READ, WRITE);
    }

    FileChannel channel() {
        return channel;
    }

    /// Writes it again if it is gone. What fails is done by the next call.
    void restore() {
        if (Files.notExists(path)) {
            isAnother = true;
            DurableFile.write(path, again -> {
                long size = channel.size();
                for (long at = 0; at < size;) at += channel.transferTo(at, size - at, again);
            });
        }
        if (isAnother) reopen();
    }

    private void reopen() {
        try {
            var old = channel;
            channel = open();
            isAnother = false;
            old.close();
        } catch (IOException e) {
            throw Failure.machine(path + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    /// At its end.
    private FileChannel open() throws IOException {
        var file = FileChannel.open(path, options);
        try {
            return file.position(file.size());
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
