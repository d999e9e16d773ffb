package nmt4j.data;

import java.util.Locale;
import nmt4j.Failure;
import nmt4j.config.CorpusConfig;
import nmt4j.text.LineReader;

/// Reads two files side by side, as streams.
final class PairReader implements AutoCloseable {
    private final CorpusConfig files;
    private final LineReader source;
    private final LineReader target;

    PairReader(CorpusConfig files) {
        this.files = files;
        this.source = LineReader.strict(files.source());
        try {
            this.target = LineReader.strict(files.target());
        } catch (Failure e) {
            source.close();
            throw e;
        }
    }

    /// Goes to the next pair; false at the end.
    ///
    /// @throws Failure if one file ends before the other, or a line is not UTF-8
    boolean advance() {
        boolean more = source.advance();
        if (more != target.advance()) throw unequal();
        return more;
    }

    String source() {
        return source.line();
    }

    String target() {
        return target.line();
    }

    long carriageReturns() {
        return source.carriageReturns() + target.carriageReturns();
    }

    private Failure unequal() {
        long sourceLines = source.countToEnd();
        long targetLines = target.countToEnd();
        var shift = FirstShift.find(files, sourceLines - targetLines);
        return Failure.mistake(String.format(Locale.ROOT, "%s: %,d lines, but %s has %,d%s", files.source(),
                sourceLines, files.target(),
                targetLines, shift.isPresent()
                        ? String.format(Locale.ROOT, "; the first pair that looks shifted is line %,d",
                                shift.getAsLong())
                        : ""));
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
