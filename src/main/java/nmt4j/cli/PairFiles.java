package nmt4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import nmt4j.Failure;
import nmt4j.decoding.Request;
import nmt4j.decoding.Request.Known;
import nmt4j.text.LineReader;

/// Sources and their translations, from two files with as many lines.
final class PairFiles implements AutoCloseable {
    private final Path source;
    private final Path target;
    private final Function<String, Known> known;
    private final LineReader sources;
    private final LineReader targets;

    PairFiles(Path source, Path target) {
        this(source, target, Known::text);
    }

    /// @param known  what a line of the target says
    PairFiles(Path source, Path target, Function<String, Known> known) {
        this.source = source;
        this.target = target;
        this.known = known;
        sources = LineReader.strict(source);
        try {
            targets = LineReader.strict(target);
        } catch (Failure e) {
            sources.close();
            throw e;
        }
    }

    /// The next pair, or none at the end.
    ///
    /// @throws Failure  if one file ends before the other
    Optional<Request> next() {
        boolean isThere = sources.advance();
        if (targets.advance() != isThere) throw Failure.mistake((isThere ? target : source) + ": ends before line "
                + (isThere ? sources : targets).number() + " of " + (isThere ? source : target));
        return isThere ? Optional.of(Request.forced(sources.number(), sources.line(), known.apply(targets.line())))
                : Optional.empty();
    }

    @Override
    public void close() {
        sources.close();
        targets.close();
    }
}
