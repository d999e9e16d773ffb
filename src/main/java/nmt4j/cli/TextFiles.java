package nmt4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;
import nmt4j.evaluation.References;
import nmt4j.text.LineReader;
import nmt4j.text.Whitespace;

/// Whole files of text, read.
final class TextFiles {
    private TextFiles() {}

    /// The lines of a UTF-8 file (plain or .gz), without white space at their ends, as sacreBLEU reads them.
    static List<String> lines(Path file) {
        var lines = new ArrayList<String>();
        try (var reader = LineReader.strict(file)) {
            while (reader.advance())
                lines.add(Whitespace.stripEnd(reader.line()));
        }
        if (lines.isEmpty())
            throw Failure.mistake(file + ": no lines, expected at least 1");
        return lines;
    }

    /// The lines of a UTF-8 file (plain or .gz) as they are.
    static List<String> wholeLines(Path file) {
        var lines = new ArrayList<String>();
        try (var reader = LineReader.strict(file)) {
            while (reader.advance()) lines.add(reader.line());
        }
        return lines;
    }

    /// References that have as many lines as the text that they are for.
    static References references(List<Path> files, Path textFile, List<String> text) {
        var streams = new ArrayList<List<String>>();
        for (var file : files) {
            streams.add(lines(file));
            requireAsManyLines(textFile, text, file, streams.getLast());
        }
        return References.ofStreams(streams);
    }

    static void requireAsManyLines(Path file, List<String> lines, Path otherFile, List<String> otherLines) {
        if (lines.size() != otherLines.size())
            throw Failure.mistake(
                    file + ": " + lines.size() + (lines.size() == 1 ? " line" : " lines") + ", but " + otherFile
                            + " has " + otherLines.size());
    }
}
