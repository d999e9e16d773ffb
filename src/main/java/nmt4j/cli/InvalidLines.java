package nmt4j.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nmt4j.text.LineReader;

/// Which lines of an input were not UTF-8: the first of them, and how many there are.
final class InvalidLines {
    private static final int NAMED = 10;

    private final List<Long> first = new ArrayList<>();
    private long count;

    /// Looks at a reader's present line.
    void look(LineReader lines) {
        if (lines.invalidLines() == count) return;
        count = lines.invalidLines();
        if (first.size() < NAMED) first.add(lines.number());
    }

    /// Says so in one line, or nothing if there are none.
    void tell(PrintStream err) {
        if (count == 0) return;
        var named = first.stream().map(String::valueOf).collect(Collectors.joining(", "));
        var more = count == first.size() ? "" : String.format(Locale.ROOT, " and %,d more", count - first.size());
        err.printf(Locale.ROOT, "nmt: %s %s%s: invalid UTF-8 was read as U+FFFD%n", count == 1 ? "line" : "lines",
                named, more);
    }
}
