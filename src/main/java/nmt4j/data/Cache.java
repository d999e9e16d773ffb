package nmt4j.data;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import nmt4j.Failure;

/// A file of records that are first all written, then read in any order. It has no name for longer than it takes to
/// open it (where the system allows that), so that a killed process leaves nothing behind.
final class Cache implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final CRC32C checksum = new CRC32C();
    private long size;

    /// A new file in this folder, which is made if it is not there.
    Cache(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            var name = ".corpus-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".cache";
            channel = FileChannel.open(folder.resolve(name), CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw Failure.machine(folder + ": the tokenised corpus cannot be kept here: " + Failure.reason(e), e);
        }
    }

    /// Where the next record will start.
    long size() {
        return size;
    }

    void append(byte[] record) {
        checksum.update(record);
        size += record.length;
        for (int at = 0; at < record.length;) {
            int part = Math.min(buffer.remaining(), record.length - at);
            buffer.put(record, at, part);
            at += part;
            if (!buffer.hasRemaining()) flush();
        }
    }

    /// Ends the writing.
    void seal() {
        flush();
    }

    long checksum() {
        return checksum.getValue();
    }

    private void flush() {
        try {
            buffer.flip();
            while (buffer.hasRemaining()) channel.write(buffer);
            buffer.clear();
        } catch (IOException e) {
            throw Failure.machine(String.format(Locale.ROOT,
                    "%s: the tokenised corpus does not fit here (%,d bytes so far): %s", folder, size,
                    Failure.reason(e)),
                    e);
        }
    }

    /// The records between each pair of `starts` and `ends`. The file is mapped for this call alone: a mapping that
    /// stayed would have the whole file counted as this process's memory after one epoch.
    List<byte[]> read(long[] starts, long[] ends) {
        try (var arena = Arena.ofConfined()) {
            var file = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            var records = new ArrayList<byte[]>(starts.length);
            for (int i = 0; i < starts.length; i++) {
                var record = new byte[Math.toIntExact(ends[i] - starts[i])];
                MemorySegment.copy(file, ValueLayout.JAVA_BYTE, starts[i], record, 0, record.length);
                records.add(record);
            }
            return records;
        } catch (IOException e) {
            throw Failure.machine(folder + ": the tokenised corpus cannot be read: " + Failure.reason(e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Failure.machine(folder + ": the tokenised corpus cannot be closed: " + Failure.reason(e), e);
        }
    }
}
