package nmt4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import nmt4j.Failure;

/// A stream, device or pipe that says its name when it can not be written.
final class NamedOutput extends FileOutputStream {
    private final String name;

    NamedOutput(FileDescriptor file, String name) {
        super(file);
        this.name = name;
    }

    NamedOutput(Path file) throws IOException {
        super(file.toFile(), true);
        this.name = file.toString();
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            super.write(bytes, from, count);
        } catch (IOException e) {
            throw new IOException(name + ": cannot be written: " + Failure.reason(e), e);
        }
    }
}
