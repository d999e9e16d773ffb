package nmt4j.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nmt4j.text.Whitespace;

/// The lines whose first reference has from `from` to `to` words between white space.
///
/// @param lines  counted from 0
public record LengthClass(int from, int to, int[] lines) {
    private static final int[] BOUNDS = {0, 10, 20, 30, 40, 50, 60, Integer.MAX_VALUE};

    /// The classes up to 10, 20, … 60 and more words that have any line.
    public static List<LengthClass> of(References references) {
        var lengths = references.lines().stream().mapToInt(line -> Whitespace.words(line.getFirst())).toArray();
        var classes = new ArrayList<LengthClass>();
        for (int b = 1; b < BOUNDS.length; b++) {
            int from = b == 1 ? 0 : BOUNDS[b - 1] + 1;
            int to = BOUNDS[b];
            var lines = IntStream.range(0, lengths.length)
                    .filter(i -> lengths[i] >= from && lengths[i] <= to).toArray();
            if (lines.length > 0)
                classes.add(new LengthClass(from, to, lines));
        }
        return classes;
    }

    /// `11-20`, or `61+`.
    public String label() {
        return to == Integer.MAX_VALUE ? from + "+" : from + "-" + to;
    }
}
