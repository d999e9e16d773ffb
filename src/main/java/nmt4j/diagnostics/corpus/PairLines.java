package nmt4j.diagnostics.corpus;

import nmt4j.config.CorpusConfig;
import nmt4j.text.LineReader;

/// Two files side by side, whatever is in them, as far as the shorter goes.
final class PairLines implements AutoCloseable {
    private final LineReader source;
    private final LineReader target;
    private long invalid;

    PairLines(CorpusConfig files) {
        source = LineReader.lenient(files.source());
        try {
            target = LineReader.lenient(files.target());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    boolean advance() {
        invalid = source.invalidLines() + target.invalidLines();
        boolean sourceMore = source.advance();
        return target.advance() && sourceMore;
    }

    String source() {
        return source.line();
    }

    String target() {
        return target.line();
    }

    /// The number of the pair, from 1.
    long number() {
        return source.number();
    }

    /// What was wrong with the bytes of the present pair.
    int defects() {
        int found = 0;
        if (source.invalidLines() + target.invalidLines() > invalid) found |= Defect.INVALID_UTF8.bit();
        if (source.carriageReturn() || target.carriageReturn()) found |= Defect.CARRIAGE_RETURN.bit();
        if (number() == 1 && (source.byteOrderMark() || target.byteOrderMark()))
            found |= Defect.BYTE_ORDER_MARK.bit();
        return found;
    }

    /// Lines of the source file; reads it to its end.
    long sourceLines() {
        return source.countToEnd();
    }

    /// Lines of the target file; reads it to its end.
    long targetLines() {
        return target.countToEnd();
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
