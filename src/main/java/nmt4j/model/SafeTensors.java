package nmt4j.model;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import nmt4j.Failure;

/// A `.safetensors` file (<https://github.com/huggingface/safetensors>): length of the header in 8 bytes, header in
/// JSON, data. All numbers are little-endian.
///
/// **Checksum.** Files written here carry one more metadata entry, `crc32c`: eight hexadecimal digits, the CRC-32C of
/// the whole file with `00000000` in their place. A file whose entry does not agree is damaged and refused. A file
/// without it (of another program) is accepted; who changes a file with another tool leaves the entry out.
///
/// Equal content gives equal bytes: nothing of time, host or path is written.
public final class SafeTensors implements AutoCloseable {
    /// The metadata key of the checksum.
    public static final String CHECKSUM = "crc32c";

    private static final String NO_CHECKSUM = "00000000";
    private static final byte[] CHECKSUM_ENTRY = ("\"" + CHECKSUM + "\":\"").getBytes(StandardCharsets.UTF_8);
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int PREFIX = Long.BYTES;
    private static final int BUFFER = 1 << 20;
    private static final int CHUNK = 1 << 26;

    /// A tensor to be written.
    ///
    /// @param data  asked for once, when its turn comes, and no longer used when the next one is asked: it may be made
    ///              on the spot, in the same memory for all
    public record Source(String name, ElementType type, List<Long> shape, Supplier<MemorySegment> data) {}

    private final Arena arena;
    private final SafeTensorsHeader header;
    private final MemorySegment data;

    private SafeTensors(Arena arena, SafeTensorsHeader header, MemorySegment data) {
        this.arena = arena;
        this.header = header;
        this.data = data;
    }

    /// Writes a file as [DurableFile] does. Tensors stand in the order given, those of wider elements first, so
    /// that all are aligned.
    public static void write(Path file, Map<String, String> metadata, List<Source> tensors) {
        begin(file, metadata, tensors).finish();
    }

    /// The same, but that the file is not there before the caller has finished it; the tensors' data are no longer used.
    public static DurableFile begin(Path file, Map<String, String> metadata, List<Source> tensors) {
        var ordered = new ArrayList<>(tensors);
        ordered.sort(Comparator.comparing((Source tensor) -> tensor.type().bytes()).reversed());
        var header = header(metadata, ordered).toBytes();
        if (header.length > SafeTensorsHeader.MAX_BYTES)
            throw Failure.mistake(
                    String.format(Locale.ROOT, "%s: names and metadata take %,d bytes, the format allows %,d", file,
                            header.length, SafeTensorsHeader.MAX_BYTES));
        return DurableFile.begin(file, channel -> write(channel, header, ordered));
    }

    private static SafeTensorsHeader header(Map<String, String> metadata, List<Source> tensors) {
        var entries = new LinkedHashMap<String, TensorInfo>();
        long begin = 0;
        for (var tensor : tensors) {
            long end = Math.addExact(begin, TensorInfo.bytes(tensor.type(), tensor.shape()));
            var entry = new TensorInfo(tensor.name(), tensor.type(), tensor.shape(), begin, end);
            if (entries.put(tensor.name(), entry) != null)
                throw new IllegalArgumentException("two tensors " + tensor.name());
            begin = end;
        }
        var texts = new LinkedHashMap<>(metadata);
        texts.put(CHECKSUM, NO_CHECKSUM);
        texts.forEach((key, text) -> {
            if (text.length() > SafeTensorsHeader.MAX_TEXT)
                throw Failure.mistake(String.format(Locale.ROOT,
                        "metadata %s: %,d characters, at most %,d can be kept in a file", key,
                        text.length(), SafeTensorsHeader.MAX_TEXT));
        });
        return new SafeTensorsHeader(texts, entries);
    }

    private static void write(FileChannel channel, byte[] header, List<Source> tensors) throws IOException {
        var start = MemorySegment.ofArray(new byte[PREFIX + header.length]);
        start.set(LENGTH, 0, header.length);
        MemorySegment.copy(header, 0, start, ValueLayout.JAVA_BYTE, PREFIX, header.length);
        var checksum = new CRC32C();
        write(channel, start, checksum);
        for (var tensor : tensors) {
            var bytes = tensor.data().get();
            if (bytes.byteSize() != TensorInfo.bytes(tensor.type(), tensor.shape()))
                throw new IllegalArgumentException(
                        tensor.name() + ": " + bytes.byteSize() + " bytes for " + tensor.shape());
            write(channel, bytes, checksum);
        }
        var digits = StandardCharsets.UTF_8.encode(String.format(Locale.ROOT, "%08x", checksum.getValue()));
        channel.position(PREFIX + checksumAt(header));
        DurableFile.writeFully(channel, digits);
    }

    private static void write(FileChannel channel, MemorySegment bytes, CRC32C checksum) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += BUFFER) {
            var part = direct(bytes.asSlice(at, Math.min(BUFFER, bytes.byteSize() - at)));
            checksum.update(part.duplicate());
            DurableFile.writeFully(channel, part);
        }
    }

    /// The bytes themselves, or a copy of what lies in arrays.
    private static ByteBuffer direct(MemorySegment bytes) {
        if (bytes.isNative()) return bytes.asByteBuffer();
        var copy = ByteBuffer.allocateDirect((int) bytes.byteSize());
        MemorySegment.ofBuffer(copy).copyFrom(bytes);
        return copy;
    }

    /// Maps a file and checks all of it but the values of its tensors.
    ///
    /// @throws Failure if it is not there, not a safetensors file, or damaged
    public static SafeTensors open(Path file) {
        if (Files.isDirectory(file)) throw Failure.mistake(file + ": a folder, expected a .safetensors file");
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return open(channel, arena);
        } catch (NoSuchFileException e) {
            arena.close();
            throw Failure.mistake(file + ": no such file");
        } catch (IOException e) {
            arena.close();
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        } catch (Failure e) {
            arena.close();
            throw Failure.mistake(file + ": not a good .safetensors file: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static SafeTensors open(FileChannel channel, Arena arena) throws IOException {
        long size = channel.size();
        if (size < PREFIX) throw Failure.mistake(String.format(Locale.ROOT, "%d bytes", size));
        var file = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
        long length = file.get(LENGTH, 0);
        if (length < 2 || length > SafeTensorsHeader.MAX_BYTES || length > size - PREFIX)
            throw Failure
                    .mistake(String.format(Locale.ROOT, "header of %s bytes in a file of %,d (at most %,d are allowed)",
                            Long.toUnsignedString(length), size, SafeTensorsHeader.MAX_BYTES));
        var bytes = file.asSlice(PREFIX, length).toArray(ValueLayout.JAVA_BYTE);
        var data = file.asSlice(PREFIX + length);
        var header = SafeTensorsHeader.parse(bytes, data.byteSize());
        if (header.metadata().containsKey(CHECKSUM)) verify(file, bytes, header.metadata().get(CHECKSUM));
        return new SafeTensors(arena, header, data);
    }

    private static void verify(MemorySegment file, byte[] header, String expected) {
        int at = checksumAt(header);
        if (at < 0 || expected.length() != NO_CHECKSUM.length())
            throw Failure.mistake("its checksum is not as it was written");
        System.arraycopy(NO_CHECKSUM.getBytes(StandardCharsets.UTF_8), 0, header, at, NO_CHECKSUM.length());
        var checksum = new CRC32C();
        checksum.update(file.asSlice(0, PREFIX).asByteBuffer());
        checksum.update(header);
        for (long from = PREFIX + header.length; from < file.byteSize(); from += CHUNK)
            checksum.update(file.asSlice(from, Math.min(CHUNK, file.byteSize() - from)).asByteBuffer());
        var got = String.format(Locale.ROOT, "%08x", checksum.getValue());
        if (!got.equals(expected))
            throw Failure
                    .mistake(String.format(Locale.ROOT, "damaged: its checksum is %s, expected %s", got, expected));
    }

    /// Where the digits of the checksum stand in the header. In JSON no text holds a bare quote: the entry can not be
    /// found within one. It comes behind all texts, of which there are many.
    private static int checksumAt(byte[] header) {
        for (int at = header.length - CHECKSUM_ENTRY.length - NO_CHECKSUM.length() - 1; at >= 0; at--)
            if (Arrays.equals(header, at, at + CHECKSUM_ENTRY.length, CHECKSUM_ENTRY, 0, CHECKSUM_ENTRY.length))
                return at + CHECKSUM_ENTRY.length;
        return -1;
    }

    /// The file's own texts, checksum included.
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /// All tensors by name, in the order of the header.
    public SequencedMap<String, TensorInfo> tensors() {
        return Collections.unmodifiableSequencedMap(header.tensors());
    }

    /// The bytes of a tensor, read-only, until this file is closed. They need not be aligned if another program
    /// wrote the file.
    public MemorySegment data(String name) {
        var tensor = header.tensors().get(name);
        return data.asSlice(tensor.begin(), tensor.end() - tensor.begin());
    }

    @Override
    public void close() {
        arena.close();
    }
}
