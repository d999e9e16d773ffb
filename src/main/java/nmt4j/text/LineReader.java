package nmt4j.text;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import nmt4j.Failure;

/// Reads UTF-8 lines as a stream; memory is that of the longest line.
///
/// A line ends at LF only: CR, VT, FF, U+0085 and U+2028 are text. One CR before the LF (or before the end of the file)
/// is no part of the line, but counted; so is a byte order mark at the start. What follows the last LF is a line if it
/// is not empty. A file is unpacked if it starts as gzip does, whatever its name.
///
/// ```java
/// try (var lines = LineReader.strict(file)) {
///     while (lines.advance())
///         use(lines.line());
/// }
/// ```
public final class LineReader implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private enum Invalid { REFUSED, REPLACED }

    private final InputStream in;
    private final String name;
    private final Invalid invalid;
    private byte[] buffer = new byte[CHUNK];
    private int start;              // of what is not yet given, in the buffer
    private int end;                // of what is read
    private boolean atEnd;
    private long bufferOffset;      // of buffer[0], from the start of the stream

    private String line = "";
    private long number;
    private long offset;
    private boolean carriageReturn;
    private boolean byteOrderMark;
    private long carriageReturns;
    private long invalidLines;

    private LineReader(InputStream in, String name, Invalid invalid) {
        this.in = in;
        this.name = name;
        this.invalid = invalid;
    }

    /// Reads a file, plain or gzip; invalid UTF-8 is a [Failure] with file, line and byte.
    public static LineReader strict(Path file) {
        return new LineReader(open(file), file.toString(), Invalid.REFUSED);
    }

    /// Reads a stream that errors call `name`, like [#strict(Path)] but never as gzip.
    public static LineReader strict(InputStream stream, String name) {
        return new LineReader(stream, name, Invalid.REFUSED);
    }

    /// Reads a file, plain or gzip; invalid UTF-8 becomes U+FFFD.
    public static LineReader lenient(Path file) {
        return new LineReader(open(file), file.toString(), Invalid.REPLACED);
    }

    /// Reads a stream that errors call `name`, never as gzip; invalid UTF-8 becomes U+FFFD. A line is given as soon as
    /// it is there.
    public static LineReader lenient(InputStream stream, String name) {
        return new LineReader(stream, name, Invalid.REPLACED);
    }

    private static InputStream open(Path file) {
        try {
            if (Files.isDirectory(file))
                throw Failure.mistake(file + ": a folder, expected a file");
            var in = new PushbackInputStream(Files.newInputStream(file), 2);
            byte[] head = in.readNBytes(2);
            in.unread(head);
            boolean gzip = head.length == 2 && head[0] == (byte) 0x1F && head[1] == (byte) 0x8B;
            return gzip ? new GZIPInputStream(in, CHUNK) : in;
        } catch (NoSuchFileException e) {
            throw Failure.mistake(file + ": no such file");
        } catch (EOFException | ZipException e) {
            throw Failure.mistake(file + ": damaged gzip (" + e.getMessage() + ")");
        } catch (AccessDeniedException e) {
            throw Failure.machine(file + ": no permission to read", e);
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// Goes to the next line; false at the end.
    public boolean advance() {
        int newline = find(start);
        while (newline < 0 && !atEnd) {
            int searched = end - start;
            fill();
            newline = find(start + searched);
        }
        if (newline < 0 && start == end)
            return false;
        take(newline < 0 ? end : newline);
        start = newline < 0 ? end : newline + 1;
        return true;
    }

    private int find(int from) {
        byte[] bytes = buffer;
        for (int i = from, to = end; i < to; i++)
            if (bytes[i] == '\n')
                return i;
        return -1;
    }

    private void fill() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            bufferOffset += start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end == LONGEST)
                throw Failure.mistake(name + ": line " + (number + 1) + ": longer than 2 GB; are the line ends LF?");
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * end, LONGEST));
        }
        try {
            int count = in.read(buffer, end, buffer.length - end);
            atEnd = count < 0;
            end += Math.max(count, 0);
        } catch (EOFException | ZipException e) {
            throw Failure.mistake(name + ": damaged gzip after line " + number + " (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw Failure.machine(name + ": cannot be read after line " + number + ": " + e.getMessage(), e);
        }
    }

    private void take(int newline) {
        number++;
        int from = start;
        if (number == 1 && startsWithByteOrderMark(newline)) {
            byteOrderMark = true;
            from += 3;
        }
        offset = bufferOffset + from;
        carriageReturn = newline > from && buffer[newline - 1] == '\r';
        if (carriageReturn)
            carriageReturns++;
        int to = carriageReturn ? newline - 1 : newline;
        line = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        if (line.indexOf('\uFFFD') >= 0)
            checkReplacements(from, to);
    }

    private boolean startsWithByteOrderMark(int newline) {
        return newline - start >= 3 && buffer[start] == (byte) 0xEF && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF;
    }

    /// Tells a U+FFFD that stands in the text from one that replaced invalid bytes.
    private void checkReplacements(int from, int to) {
        var bytes = ByteBuffer.wrap(buffer, from, to - from);
        var characters = CharBuffer.allocate(to - from);
        if (!StandardCharsets.UTF_8.newDecoder().decode(bytes, characters, true).isError())
            return;
        invalidLines++;
        if (invalid == Invalid.REFUSED)
            throw Failure.mistake(invalidBytes(bytes.position(), from));
    }

    private String invalidBytes(int at, int from) {
        int first = buffer[at] & 0xFF;
        boolean utf16 = number == 1 && at == from && (first == 0xFF || first == 0xFE);
        return String.format(Locale.ROOT, "%s: line %d: byte %d: invalid UTF-8 (0x%02X)%s", name, number, at - from + 1,
                first, utf16 ? "; the file looks like UTF-16" : "");
    }

    /// Whether [#advance()] can go on without waiting for more bytes.
    public boolean isReady() {
        return atEnd || find(start) >= 0;
    }

    /// The present line, without its LF, the CR before it, or a byte order mark.
    public String line() {
        return line;
    }

    /// The number of the present line, from 1; after the end, the number of lines.
    public long number() {
        return number;
    }

    /// Where the text of the present line starts, in (unpacked) bytes from the start of the file.
    public long offset() {
        return offset;
    }

    /// Whether the present line ended in CR.
    public boolean carriageReturn() {
        return carriageReturn;
    }

    /// How many lines so far ended in CR.
    public long carriageReturns() {
        return carriageReturns;
    }

    /// Whether the first line started with a byte order mark.
    public boolean byteOrderMark() {
        return byteOrderMark;
    }

    /// How many lines so far had invalid bytes.
    public long invalidLines() {
        return invalidLines;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw Failure.machine(name + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
