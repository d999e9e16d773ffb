package nmt4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A chart of lines, some side by side as one SVG file: in place of a page where a picture is wanted.
public record LineChart(String title, String xLabel, String yLabel, Scale scale, List<Series> series) {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 330;
    private static final int LEFT = 56;
    private static final int RIGHT = 14;
    private static final int TOP = 34;
    private static final int BOTTOM = 46;
    private static final int LEGEND = 26;
    private static final int ENTRY = 140;
    private static final String[] COLORS = {"#d1495b", "#e08e45", "#3a9d6a", "#2b7bba", "#8a5fbf", "#7a7f87"};
    private static final String STYLE = """
            <style>text{fill:#1b1f24;font:12px sans-serif}.t{font-weight:600;font-size:14px}.s{fill:#5b6370}\
            .g{stroke:#8884;stroke-width:1}@media(prefers-color-scheme:dark){text{fill:#e6e9ee}.s{fill:#a4adb9}}</style>
            """;

    /// Of the y axis.
    public enum Scale { LINEAR, LOGARITHMIC }

    /// A line; the same name has the same colour in all charts of a file.
    public record Series(String name, List<Point> points) {}

    /// @param deviation  half the height of the bar through the point; 0 for none
    public record Point(double x, double y, double deviation) {}

    /// @param from, to  of the axis
    private record Axis(double from, double to, List<Double> ticks) {
        double share(double value) {
            return to > from ? (value - from) / (to - from) : 0.5;
        }
    }

    public static String svg(List<LineChart> charts) {
        var names = charts.stream().flatMap(chart -> chart.series.stream().map(Series::name)).distinct().toList();
        int width = WIDTH * charts.size();
        int perRow = Math.max(1, width / ENTRY);
        int height = HEIGHT + LEGEND * Math.ceilDiv(names.size(), perRow);
        var out = new StringBuilder(format("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" "
                + "height=\"%d\" viewBox=\"0 0 %1$d %2$d\">\n<title>%s</title>\n", width, height,
                Html.text(String.join("; ", charts.stream().map(LineChart::title).toList())))).append(STYLE);
        for (int i = 0; i < charts.size(); i++) charts.get(i).draw(out, i * WIDTH, names);
        for (int i = 0; i < names.size(); i++) {
            double x = LEFT + ENTRY * (i % perRow);
            double y = HEIGHT + LEGEND * (i / perRow + 0.4);
            out.append(format("<line x1=\"%.0f\" y1=\"%.0f\" x2=\"%.0f\" y2=\"%2$.0f\" stroke=\"%s\" "
                    + "stroke-width=\"2\"/>\n", x, y, x + 24, color(i))).append(marker(i, x + 12, y))
                    .append(format("<text x=\"%.0f\" y=\"%.0f\">%s</text>\n", x + 30, y + 4, Html.text(names.get(i))));
        }
        return out.append("</svg>\n").toString();
    }

    private void draw(StringBuilder out, int offset, List<String> names) {
        var x = linear(points().map(Point::x).toList());
        var y = scale == Scale.LINEAR
                ? linear(points().flatMap(p -> Stream.of(p.y - p.deviation, p.y)).toList())
                : decades(points().map(p -> height(p.y)).filter(Double::isFinite).toList());
        out.append(format("<g transform=\"translate(%d 0)\">\n<text class=\"t\" x=\"%d\" y=\"20\">%s</text>\n", offset,
                LEFT, Html.text(title)));
        for (double tick : x.ticks) out.append(format("<text class=\"s\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s"
                + "</text>\n", across(x, tick), HEIGHT - BOTTOM + 17, label(tick)));
        for (double tick : y.ticks) out.append(format(
                "<line class=\"g\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%2$.1f\"/>"
                        + "<text class=\"s\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                LEFT, down(y, tick),
                WIDTH - RIGHT, LEFT - 6, down(y, tick) + 4,
                scale == Scale.LINEAR ? label(tick) : format("10<tspan dy=\"-4\" font-size=\"9\">%.0f</tspan>", tick)));
        out.append(format("<text class=\"s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 10, Html.text(xLabel)));
        out.append(format(
                "<text class=\"s\" transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                (TOP + HEIGHT - BOTTOM) / 2, Html.text(yLabel)));
        for (var one : series) line(out, one, names.indexOf(one.name), x, y);
        out.append("</g>\n");
    }

    private void line(StringBuilder out, Series one, int number, Axis x, Axis y) {
        var path = new ArrayList<String>();
        var marks = new StringBuilder();
        for (var p : one.points) {
            if (!Double.isFinite(height(p.y))) continue;
            double px = across(x, p.x);
            double py = down(y, height(p.y));
            path.add(format("%.1f,%.1f", px, py));
            if (p.deviation > 0) marks.append(format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%1$.1f\" y2=\"%.1f\" "
                    + "stroke=\"%s\"/>\n", px, down(y, p.y - p.deviation), down(y, p.y + p.deviation), color(number)));
            if (one.points.size() <= 12 || path.size() % 10 == 1) marks.append(marker(number, px, py));
        }
        out.append(format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                String.join(" ", path), color(number))).append(marks);
    }

    private Stream<Point> points() {
        return series.stream().flatMap(one -> one.points.stream());
    }

    private double height(double y) {
        return scale == Scale.LINEAR ? y : Math.log10(y);
    }

    private static double across(Axis x, double value) {
        return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double down(Axis y, double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    /// From the tick at or below the least value to the one at or above the greatest.
    private static Axis linear(List<Double> values) {
        double min = values.stream().mapToDouble(v -> v).min().orElse(0);
        double max = values.stream().mapToDouble(v -> v).max().orElse(1);
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(1e-12, max - min))));
        if ((max - min) / step < 2.5) step /= 5;
        else if ((max - min) / step < 5) step /= 2;
        return axis(min, max, step);
    }

    private static Axis decades(List<Double> logarithms) {
        double min = logarithms.stream().mapToDouble(v -> v).min().orElse(0);
        double max = logarithms.stream().mapToDouble(v -> v).max().orElse(1);
        return axis(min, max, Math.max(1, Math.ceil((max - min) / 8)));
    }

    private static Axis axis(double min, double max, double step) {
        long from = (long) Math.floor(min / step + 1e-9);
        long to = (long) Math.ceil(max / step - 1e-9);
        var ticks = new ArrayList<Double>();
        for (long i = from; i <= to; i++) ticks.add(i * step);
        return new Axis(from * step, to * step, ticks);
    }

    private static String label(double tick) {
        return Math.abs(tick - Math.rint(tick)) < 1e-9 ? format("%.0f", tick)
                : format("%.2f", tick).replaceAll("0$", "");
    }

    private static String color(int number) {
        return COLORS[number % COLORS.length];
    }

    /// A shape for each number, so that colour is not all that tells lines apart.
    private static String marker(int number, double x, double y) {
        var shape = switch (number % 3) {
            case 0 -> format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"", x, y);
            case 1 -> format("<rect x=\"%.1f\" y=\"%.1f\" width=\"6.4\" height=\"6.4\"", x - 3.2, y - 3.2);
            default -> format("<path d=\"M%.1f %.1fl4 7h-8z\"", x, y - 4.5);
        };
        return shape + " fill=\"" + color(number) + "\"/>\n";
    }

    private static String format(String text, Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }
}
