package nmt4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Columns for people: the first to the left, all others to the right.
final class TextTable {
    private TextTable() {}

    static List<String> lines(List<List<String>> rows) {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows)
            Arrays.setAll(widths, c -> Math.max(widths[c], row.get(c).length()));
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                var space = " ".repeat(widths[c] - row.get(c).length());
                line.append(c == 0 ? row.get(c) + space : "  " + space + row.get(c));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
