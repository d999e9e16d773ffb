package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;

/// What a command reads and writes; tests give their own.
///
/// @param in        the input, bytes
/// @param out       results, UTF-8 and buffered; unlike `System.out` it throws when the disk is full or the reader gone
/// @param err       logs, progress and errors
/// @param terminal  whether a person looks at `err`
public record Streams(InputStream in, Writer out, PrintStream err, boolean terminal) {

    /// The streams of this process. The launcher says whether stderr is a terminal: Java can not tell.
    public static Streams ofProcess() {
        var out = new OutputStreamWriter(new NamedOutput(FileDescriptor.out, "stdout"), UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        return new Streams(System.in, new BufferedWriter(out, 1 << 16), err, Boolean.getBoolean("nmt.terminal"));
    }

    /// Writes one line of results.
    public void println(String line) throws IOException {
        out.write(line);
        out.write('\n');
    }
}
