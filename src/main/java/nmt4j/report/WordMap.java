package nmt4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Words in the plane, as a page.
public final class WordMap {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 800;
    private static final int MARGIN = 50;
    private static final int LINE = 12;
    private static final double LETTER = 7;
    private static final int MOST_LINES_OFF = 6;

    private WordMap() {}

    public record Point(String word, double x, double y) {}

    /// A word on the page.
    ///
    /// @param x, y  middle of its base line
    private record Label(String word, double x, double y) {
        boolean covers(Label other) {
            return Math.abs(y - other.y) < LINE
                    && Math.abs(x - other.x) < LETTER * (word.length() + other.word.length()) / 2;
        }
    }

    public static String page(String title, List<Point> points) {
        return ReportPage.page(title, "<h1>" + Html.text(title) + "</h1>\n",
                "<p>Words whose vectors are alike stand near each other, as far as two dimensions can show it (principal "
                        + "components). Words that would cover others have moved a little up or down.</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                        + "aria-label=\"Map of words\">" + svg(points) + "</div>\n",
                "", OptionalInt.empty());
    }

    static String svg(List<Point> points) {
        var x = points.stream().mapToDouble(Point::x).summaryStatistics();
        var y = points.stream().mapToDouble(Point::y).summaryStatistics();
        var out = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + WIDTH + "\" height=\""
                        + HEIGHT + "\" font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">\n<title>"
                        + points.size() + " words</title>\n");
        var labels = new ArrayList<Label>();
        for (var p : points) {
            var label = uncovered(new Label(p.word, scaled(p.x, x.getMin(), x.getMax(), WIDTH),
                    scaled(p.y, y.getMin(), y.getMax(), HEIGHT)), labels);
            labels.add(label);
            out.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>\n",
                    label.x, label.y, Html.text(label.word)));
        }
        return out.append("</svg>\n").toString();
    }

    /// Moved by as few lines as it takes to stand free of others; where there is no room near, it stays.
    private static Label uncovered(Label label, List<Label> others) {
        for (int i = 0; i <= 2 * MOST_LINES_OFF; i++) { // 0, 1, -1, 2, -2, ... lines down
            int lines = i % 2 == 0 ? -i / 2 : (i + 1) / 2;
            var moved = new Label(label.word, label.x, label.y + LINE * lines);
            if (others.stream().noneMatch(moved::covers)) return moved;
        }
        return label;
    }

    private static double scaled(double value, double min, double max, int size) {
        return MARGIN + (max > min ? (value - min) / (max - min) : 0.5) * (size - 2 * MARGIN);
    }
}
