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
/// is not empty. A file is unpacked if it starts as gzip does, whatever its name. Lines are bounded, so that a file
/// without ends of line, or a bomb of gzip, does not take all memory: beyond 128 MiB a strict reader refuses a line, and
/// beyond 16 MiB a lenient one cuts it.
///
/// ```java
/// try (var lines = LineReader.strict(file)) {
///     while (lines.advance())
///         use(lines.line());
/// }
/// ```
public final class LineReader implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private enum Invalid {
        REFUSED(128 << 20), REPLACED(16 << 20);

        private final int longest;

        Invalid(int longest) {
            this.longest = longest;
        }
    }

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
    private boolean cut;
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
            var in = Files.newInputStream(file);
            try {
                return unpacked(in);
            } catch (IOException | RuntimeException | Error e) {
                in.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw Failure.mistake(file + ": no such file");
        } catch (EOFException | ZipException e) {
            throw Failure.mistake(file + ": damaged gzip (" + Failure.reason(e) + ")");
        } catch (AccessDeniedException e) {
            throw Failure.machine(file + ": no permission to read", e);
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }

    /// What a file says, which is packed if it starts as gzip does.
    private static InputStream unpacked(InputStream file) throws IOException {
        var in = new PushbackInputStream(file, 2);
        byte[] head = in.readNBytes(2);
        in.unread(head);
        boolean gzip = head.length == 2 && head[0] == (byte) 0x1F && head[1] == (byte) 0x8B;
        return gzip ? new GZIPInputStream(in, CHUNK) : in;
    }

    /// Goes to the next line; false at the end.
    public boolean advance() {
        if (cut)
            skipRest();
        int newline = find(start);
        while (newline < 0 && !atEnd && !isTooLong()) {
            int searched = end - start;
            fill();
            newline = find(start + searched);
        }
        if (newline < 0 && start == end)
            return false;
        cut = newline < 0 && isTooLong();
        int to = cut ? endOfWholeCharacters() : newline < 0 ? end : newline;
        take(to);
        start = newline < 0 ? to : newline + 1;
        return true;
    }

    private boolean isTooLong() {
        if (end - start < invalid.longest)
            return false;
        if (invalid == Invalid.REFUSED)
            throw Failure.mistake(String.format(Locale.ROOT, "%s: line %d: longer than %d MiB; are the line ends LF?",
                    name, number + 1, invalid.longest >> 20));
        return true;
    }

    /// Before the last character that may go on beyond the buffer.
    private int endOfWholeCharacters() {
        int to = end - 1;
        while (to > end - 4 && (buffer[to] & 0xC0) == 0x80)
            to--;
        return to;
    }

    private void skipRest() {
        int newline = find(start);
        while (newline < 0 && !atEnd) {
            start = end;
            fill();
            newline = find(start);
        }
        start = newline < 0 ? end : newline + 1;
        cut = false;
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
        if (end == buffer.length)
            buffer = Arrays.copyOf(buffer, Math.min(2 * end, invalid.longest));
        try {
            int count = in.read(buffer, end, buffer.length - end);
            atEnd = count < 0;
            end += Math.max(count, 0);
        } catch (EOFException | ZipException e) {
            throw Failure.mistake(name + ": damaged gzip after line " + number + " (" + Failure.reason(e) + ")");
        } catch (IOException e) {
            throw Failure.machine(name + ": cannot be read after line " + number + ": " + Failure.reason(e), e);
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

    /// Whether the present line is only the beginning of one that is too long.
    public boolean isCut() {
        return cut;
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

    /// Reads to the end; the number of lines.
    public long countToEnd() {
        while (advance())
            continue;
        return number;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw Failure.machine(name + ": cannot be closed: " + Failure.reason(e), e);
        }
    }
}
