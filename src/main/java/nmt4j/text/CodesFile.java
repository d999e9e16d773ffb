package nmt4j.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nmt4j.Failure;

/// Codes: text files whose first line says what they are, and which then have one merge a line.
final class CodesFile {
    /// Lines of a file of merges or of a vocabulary, far more than any has: a bomb of gzip does not take all memory.
    static final int MOST_LINES = 2_000_000;

    private static final int LONGEST_SHOWN = 40; // characters

    private CodesFile() {}

    /// The lines behind the first one, which has to be `head`: `prefix` lines of any kind, then merges.
    static List<String> read(Path file, String head, int prefix) {
        try (var lines = LineReader.strict(file)) {
            if (!lines.advance() || !lines.line().strip().equals(head))
                throw Failure
                        .mistake(file + ": line 1: expected '" + head + "', got '" + shortened(lines.line()) + "'");
            var entries = new ArrayList<String>();
            while (entries.size() < prefix && lines.advance())
                entries.add(lines.line());
            if (entries.size() < prefix)
                throw Failure.mistake(file + ": ends after line " + lines.number() + ", expected " + (1 + prefix)
                        + " lines before the merges");
            readMerges(lines, file, entries);
            return entries;
        }
    }

    private static void readMerges(LineReader lines, Path file, List<String> merges) {
        long empty = 0;
        while (lines.advance()) {
            var line = trimmed(lines.line());
            if (line.isEmpty()) {
                empty = empty == 0 ? lines.number() : empty;
                continue;
            }
            if (empty > 0)
                throw Failure.mistake(file + ": line " + empty + ": empty");
            if (!Merges.isPair(line))
                throw Failure.mistake(file + ": line " + lines.number()
                        + ": expected two symbols separated by a space, got '" + shortened(line) + "'");
            if (merges.size() == MOST_LINES)
                throw Failure.mistake(String.format(Locale.ROOT, "%s: more than %,d merges", file, MOST_LINES));
            merges.add(line);
        }
    }

    /// Python's `strip('\r\n ')`.
    private static String trimmed(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && (line.charAt(start) == ' ' || line.charAt(start) == '\r'))
            start++;
        while (end > start && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\r'))
            end--;
        return line.substring(start, end);
    }

    /// At most so much of a text as fits into a message.
    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_SHOWN ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }

    /// What such a file holds.
    static String lines(String head, List<String> lines) {
        var text = new StringBuilder(head).append('\n');
        for (var line : lines) text.append(line).append('\n');
        return text.toString();
    }
}
