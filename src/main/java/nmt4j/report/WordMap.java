package nmt4j.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Words in the plane, as a page.
public final class WordMap {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 800;
    private static final int MARGIN = 50;

    private WordMap() {}

    public record Point(String word, double x, double y) {}

    public static String page(String title, List<Point> points) {
        return ReportPage.page(title, "<h1>" + Html.text(title) + "</h1>\n",
                "<p>Two principal components of the word vectors.</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
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
        for (var p : points)
            out.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>\n",
                    scaled(p.x, x.getMin(), x.getMax(), WIDTH), scaled(p.y, y.getMin(), y.getMax(), HEIGHT),
                    Html.text(p.word)));
        return out.append("</svg>\n").toString();
    }

    private static double scaled(double value, double min, double max, int size) {
        return MARGIN + (max > min ? (value - min) / (max - min) : 0.5) * (size - 2 * MARGIN);
    }
}
