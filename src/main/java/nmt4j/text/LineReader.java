package nmt4j.text;

import java.io.InputStream;
import java.nio.file.Path;

/// Reads UTF-8 lines as a stream.
///
/// ```java
/// try (var lines = LineReader.strict(file)) {
///     while (lines.advance())
///         use(lines.line());
/// }
/// ```
public final class LineReader implements AutoCloseable {
    private LineReader() {}

    /// Reads a file, plain or gzip; invalid UTF-8 is a [nmt4j.Failure] with file, line and byte.
    public static LineReader strict(Path file) {
        throw new UnsupportedOperationException();
    }

    /// Reads a file, plain or gzip; invalid UTF-8 becomes U+FFFD.
    public static LineReader lenient(Path file) {
        throw new UnsupportedOperationException();
    }

    /// Reads a stream that errors call `name`; invalid UTF-8 becomes U+FFFD. A line is given as soon as it is there.
    public static LineReader lenient(InputStream stream, String name) {
        throw new UnsupportedOperationException();
    }

    /// Goes to the next line; false at the end.
    public boolean advance() {
        throw new UnsupportedOperationException();
    }

    /// The present line, without its LF, one CR before it, or a byte order mark at the start of the file.
    public String line() {
        throw new UnsupportedOperationException();
    }

    /// The number of the present line, from 1.
    public long number() {
        throw new UnsupportedOperationException();
    }

    /// Where the present line starts, in (uncompressed) bytes from the start of the file.
    public long offset() {
        throw new UnsupportedOperationException();
    }

    /// How many lines so far ended in CR LF.
    public long carriageReturns() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
