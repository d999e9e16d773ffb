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

    private HeldFile(Path path, OpenOption... options) throws IOException {
        this.path = path;
        this.options = options;
        channel = FileChannel.open(path, options);
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
        var file = new HeldFile(path, CREATE, READ, WRITE);
        file.toEnd();
        return file;
    }

    private void toEnd() throws IOException {
        channel.position(channel.size());
    }

    FileChannel channel() {
        return channel;
    }

    /// Writes it again if it is gone.
    void restore() {
        if (!Files.notExists(path)) return;
        DurableFile.write(path, again -> {
            long size = channel.size();
            for (long at = 0; at < size;) at += channel.transferTo(at, size - at, again);
        });
        try (var _ = channel) {
            channel = FileChannel.open(path, options);
            toEnd();
        } catch (IOException e) {
            throw Failure.machine(path + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
