package nmt4j.data;

import java.util.ArrayDeque;
import java.util.OptionalLong;
import nmt4j.config.CorpusConfig;
import nmt4j.text.LineReader;

/// Guesses where one of two parallel files lost lines.
///
/// Let one file have d lines more. Before the loss line i belongs to line i, after it line i + d to line i. The
/// place is the one that makes the sum of the distances between the lines that belong together smallest; distance looks
/// at lengths (Gale & Church 1993: translations have lengths in proportion), last characters and digits. One pass, d
/// lines of memory.
public final class FirstShift {
    private static final long MAX_SHIFT = 100_000;
    /// By how much the lines after the place must fit better shifted than as they stand, in units of distance.
    private static final double MIN_EVIDENCE = 3;

    /// What is compared of a line.
    private record Shape(double logLength, int last, int digits) {
        static Shape of(String line) {
            int digits = 0;
            for (int i = 0; i < line.length(); i++)
                if (Character.isDigit(line.charAt(i)))
                    digits = 31 * digits + Character.getNumericValue(line.charAt(i)) + 1;
            int last = line.isEmpty() ? ' ' : line.charAt(line.length() - 1);
            return new Shape(Math.log(1 + line.length()), Character.isLetterOrDigit(last) ? 'a' : last, digits);
        }

        double distance(Shape other) {
            return Math.min(2, Math.abs(logLength - other.logLength))
                    + (last == other.last ? 0 : 0.3) + (digits == other.digits ? 0 : 1);
        }
    }

    private FirstShift() {}

    /// The number of the first pair that looks shifted, if there is reason to name one.
    ///
    /// @param surplus  lines that the source has more than the target
    public static OptionalLong find(CorpusConfig files, long surplus) {
        long shift = Math.abs(surplus);
        if (shift > MAX_SHIFT) return OptionalLong.empty();
        try (var longer = LineReader.lenient(surplus > 0 ? files.source() : files.target());
                var shorter = LineReader.lenient(surplus > 0 ? files.target() : files.source())) {
            return find(longer, shorter, shift);
        }
    }

    private static OptionalLong find(LineReader longer, LineReader shorter, long shift) {
        var ahead = new ArrayDeque<Shape>();              // lines i … i + shift of the longer file
        while (ahead.size() < shift && longer.advance()) ahead.add(Shape.of(longer.line()));
        double balance = 0;                               // Σ (distance as they stand − distance shifted)
        double lowest = 0;
        long place = 1;
        while (shorter.advance() && longer.advance()) {
            ahead.add(Shape.of(longer.line()));
            var line = Shape.of(shorter.line());
            balance += line.distance(ahead.removeFirst()) - line.distance(ahead.getLast());
            if (balance < lowest) {
                lowest = balance;
                place = shorter.number() + 1;
            }
        }
        return balance - lowest < MIN_EVIDENCE ? OptionalLong.empty() : OptionalLong.of(place);
    }
}
