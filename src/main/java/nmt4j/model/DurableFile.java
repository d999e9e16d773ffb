package nmt4j.model;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import nmt4j.Failure;

/// Replaces files so that at any moment, a power cut included, either the old or the new content is there, whole: the
/// content is written beside the file (`.nmt-tmp`), forced to the disk, and renamed; then the folder is forced to the disk.
/// Links are followed; devices, pipes and streams can not be replaced and are written to.
public final class DurableFile {
    /// What a file's name ends in while it is written: nobody else's do.
    public static final String BESIDE = ".nmt-tmp";

    /// Writes what a file is to hold.
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    private static final long CHUNK = 1 << 30;

    private final Path file;
    private final Path beside;

    private DurableFile(Path file) {
        this.file = Files.isRegularFile(file) ? real(file) : file;
        beside = this.file.resolveSibling(this.file.getFileName() + BESIDE);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }

    /// Whether a file is there that can be replaced, or none at all. `/dev/stdout` may be a file: the one that is open.
    public static boolean canReplace(Path file) {
        var place = file.toAbsolutePath().normalize();
        return !Files.exists(file)
                || Files.isRegularFile(file) && !place.startsWith("/dev") && !place.startsWith("/proc");
    }

    /// @throws Failure (machine) if that is not possible; then the old file is as it was
    public static void write(Path file, Content content) {
        if (canReplace(file)) begin(file, content).finish();
        else append(file, content);
    }

    private static void append(Path file, Content content) {
        try (var channel = FileChannel.open(file, WRITE, APPEND)) {
            content.writeTo(channel);
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be written: " + Failure.reason(e), e);
        }
    }

    /// Writes the content beside the file: into memory of the system, mostly, which is fast. Nothing is replaced before
    /// [#finish()], which has to wait for the disk and may do so in another thread.
    ///
    /// @throws Failure (machine) if that is not possible
    public static DurableFile begin(Path file, Content content) {
        var begun = new DurableFile(file);
        begun.orDiscard(() -> {
            try (var channel = FileChannel.open(begun.beside, CREATE, TRUNCATE_EXISTING, READ, WRITE)) {
                content.writeTo(channel);
            }
        });
        return begun;
    }

    /// Goes on with the content, before [#finish()].
    ///
    /// @return what takes text behind what is written, in UTF-8
    public BufferedWriter writer() throws IOException {
        return Files.newBufferedWriter(beside, StandardCharsets.UTF_8, APPEND);
    }

    /// Leaves the old file as it was, unless it is replaced already.
    public void discard() throws IOException {
        Files.deleteIfExists(beside);
    }

    /// Forces the content to the disk and puts it in the place of the old file.
    ///
    /// @throws Failure (machine) if that is not possible; then the old file is as it was
    public void finish() {
        orDiscard(() -> {
            try (var channel = FileChannel.open(beside, WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, ATOMIC_MOVE);
            forceFolder(file.toAbsolutePath().getParent());
        });
    }

    private interface Action {
        void run() throws IOException;
    }

    private void orDiscard(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            discard(beside, e);
            throw Failure.machine(file + ": cannot be written: " + Failure.reason(e), e);
        } catch (RuntimeException | Error e) {
            discard(beside, e);
            throw e;
        }
    }

    /// Writes a text in UTF-8.
    public static void write(Path file, String text) {
        write(file, MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Writes bytes, also more than a buffer can hold.
    public static void write(Path file, MemorySegment bytes) {
        write(file, channel -> {
            for (long at = 0; at < bytes.byteSize(); at += CHUNK)
                writeFully(channel, bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer());
        });
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    /// A rename is safe once its folder is. Only POSIX systems open folders; elsewhere the file system sees to it.
    private static void forceFolder(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        try (var channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    private static void discard(Path file, Throwable reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
