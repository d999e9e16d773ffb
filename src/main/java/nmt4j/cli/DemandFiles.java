package nmt4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.decoding.Request;
import nmt4j.text.LineReader;

/// What the translation of each line must hold, from files with a line for each.
final class DemandFiles implements AutoCloseable {
    private final Optional<Path> prefixFile;
    private final Optional<Path> phraseFile;
    private final Optional<LineReader> prefixes;
    private final Optional<LineReader> phrases;

    DemandFiles(Optional<Path> prefixFile, Optional<Path> phraseFile) {
        this.prefixFile = prefixFile;
        this.phraseFile = phraseFile;
        prefixes = prefixFile.map(LineReader::strict);
        try {
            phrases = phraseFile.map(LineReader::strict);
        } catch (Failure e) {
            prefixes.ifPresent(LineReader::close);
            throw e;
        }
    }

    /// The next line's request with what its translation must hold.
    Request of(Request request) {
        var prefix = next(prefixes, prefixFile, request).orElse("");
        var wanted = next(phrases, phraseFile, request).map(line -> Arrays.asList(line.split("\t"))).orElse(List.of());
        return request.demanding(prefix, wanted.stream().filter(phrase -> !phrase.isBlank()).toList());
    }

    /// The same for one request after the other.
    Request.Source of(Request.Source requests) {
        return () -> {
            var request = requests.next();
            if (request.isEmpty()) requireEnd();
            return request.map(this::of);
        };
    }

    /// @throws Failure  if a file has more lines than the input had
    void requireEnd() {
        requireEnd(prefixes, prefixFile);
        requireEnd(phrases, phraseFile);
    }

    private static void requireEnd(Optional<LineReader> lines, Optional<Path> file) {
        if (lines.isPresent() && lines.get().advance())
            throw Failure
                    .mistake(file.orElseThrow() + ": line " + lines.get().number() + " is behind the end of the input");
    }

    private static Optional<String> next(Optional<LineReader> lines, Optional<Path> file, Request request) {
        if (lines.isEmpty()) return Optional.empty();
        if (!lines.get().advance())
            throw Failure.mistake(file.orElseThrow() + ": ends before line " + request.number() + " of the input");
        return Optional.of(lines.get().line());
    }

    @Override
    public void close() {
        prefixes.ifPresent(LineReader::close);
        phrases.ifPresent(LineReader::close);
    }
}
