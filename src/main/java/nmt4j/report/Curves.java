package nmt4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The curves of the page: what is measured over updates, as data for the charts, and as tables for those who do not see
/// them.
final class Curves {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_POINTS = 1000;

    /// @param training    names in the metrics between validations
    /// @param validation  names in the metrics at validations
    private record Chart(String id, String title, boolean logarithmic, Map<String, String> training,
            Map<String, String> validation) {}

    private static final List<Chart> CHARTS = List.of(
            new Chart("loss", "Loss", false, Map.of("loss", "training"), Map.of("loss", "validation")),
            new Chart("perplexity", "Perplexity", true, Map.of("perplexity", "training"),
                    Map.of("perplexity", "validation")),
            new Chart("bleu", "BLEU", false, Map.of(), Map.of("bleu", "validation")),
            new Chart("rate", "Learning rate", false, Map.of("learningRate", "rate"), Map.of()),
            new Chart("norm", "Gradient norm", true,
                    Map.of("gradientNorm", "mean", "largestGradientNorm", "largest"), Map.of()),
            new Chart("clipped", "Share of gradients clipped", false, Map.of("clipped", "clipped"), Map.of()),
            new Chart("speed", "Target tokens a second", false, Map.of("targetTokensPerSecond", "tokens/s"), Map.of()),
            new Chart("memory", "Memory, MiB", false, Map.of("memoryMiB", "memory"), Map.of()));

    private Curves() {}

    /// One place for each chart that has anything to show.
    static String html(List<Run> runs) {
        var out = new StringBuilder("<p>Over updates of training. Dotted lines, named in the first chart: "
                + (runs.size() == 1 ? "the best model, checkpoints, restarts" : "restarts")
                + ".</p>\n<div class=\"charts\">\n");
        for (var chart : CHARTS) {
            var series = series(chart, runs);
            if (series.isEmpty()) continue;
            out.append("<figure><figcaption>").append(Html.text(chart.title)).append("</figcaption>\n")
                    .append("<div class=\"chart\" id=\"chart-").append(chart.id).append("\" role=\"img\" aria-label=\"")
                    .append(Html.text(chart.title + " over updates. " + described(series)))
                    .append("\"></div></figure>\n");
        }
        out.append("</div>\n");
        for (var run : runs) out.append(Html.details("Numbers of the validations of " + run.name(), table(run)));
        return runs.stream().allMatch(run -> run.training().isEmpty() && run.validation().isEmpty()) ? ""
                : out.toString();
    }

    private static String described(List<Map<String, Object>> series) {
        var parts = new ArrayList<String>();
        for (var one : series) {
            var points = (List<?>) one.get("points");
            var first = (double[]) points.getFirst();
            var last = (double[]) points.getLast();
            parts.add(one.get("name") + ": from " + Html.number("%.4g", first[1]) + " at update "
                    + Html.number("%,.0f", first[0]) + " to " + Html.number("%.4g", last[1]) + " at update "
                    + Html.number("%,.0f", last[0]));
        }
        return String.join("; ", parts) + ".";
    }

    private static String table(Run run) {
        var rows = new ArrayList<List<String>>();
        for (var p : run.validation())
            rows.add(List.of(Html.count(p.update()) + (p.best() ? " ★" : ""), Html.number("%.4f", p.value("loss")),
                    Html.number("%.3f", p.value("perplexity")), Html.number("%.2f", p.value("bleu")),
                    Html.number("%.1f %%", 100 * p.value("accuracy"))));
        return rows.isEmpty() ? "<p>None yet.</p>"
                : Html.table("Validations; a star marks those that were the best so far",
                        List.of("update", "loss", "perplexity", "BLEU", "accuracy"), rows);
    }

    /// What the charts are drawn from, as JSON that can stand in a `<script>`.
    static String json(List<Run> runs) {
        var charts = new ArrayList<Map<String, Object>>();
        for (var chart : CHARTS) {
            var series = series(chart, runs);
            if (series.isEmpty()) continue;
            var fields = new LinkedHashMap<String, Object>();
            fields.put("id", chart.id);
            fields.put("logarithmic", chart.logarithmic);
            fields.put("series", series);
            charts.add(fields);
        }
        try {
            return JSON.writeValueAsString(Map.of("charts", charts, "marks", marks(runs))).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Of one update one mark, whatever happened there. With several runs only what happened besides checkpoints.
    private static List<Map<String, Object>> marks(List<Run> runs) {
        var labels = new TreeMap<Long, Set<String>>();
        for (var run : runs) {
            if (runs.size() == 1)
                run.best().ifPresent(best -> labels.computeIfAbsent(best.update(), _ -> new LinkedHashSet<>())
                        .add("best"));
            for (var mark : run.marks())
                if (runs.size() == 1 || !mark.label().equals("checkpoint"))
                    labels.computeIfAbsent(mark.update(), _ -> new LinkedHashSet<>()).add(mark.label());
        }
        return labels.entrySet().stream().map(mark -> Map.<String, Object>of("update", mark.getKey(), "label",
                String.join(", ", mark.getValue()))).toList();
    }

    private static List<Map<String, Object>> series(Chart chart, List<Run> runs) {
        var series = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < runs.size(); i++) {
            var run = runs.get(i);
            var prefix = runs.size() == 1 ? "" : run.name() + ", ";
            for (var name : chart.training.keySet().stream().sorted().toList())
                add(series, prefix + chart.training.get(name), i, false, points(run.training(), name));
            for (var name : chart.validation.keySet())
                add(series, prefix + chart.validation.get(name), i, true, points(run.validation(), name));
        }
        return series;
    }

    private static void add(List<Map<String, Object>> series, String name, int run, boolean marked,
            List<double[]> points) {
        if (!points.isEmpty())
            series.add(Map.of("name", name, "run", run, "marked", marked, "points", points));
    }

    /// At most so many that the page stays small; the last is always there.
    private static List<double[]> points(List<Run.Point> all, String name) {
        var known = all.stream().filter(p -> Double.isFinite(p.value(name))).toList();
        int step = Math.ceilDiv(Math.max(1, known.size()), MOST_POINTS);
        var points = new ArrayList<double[]>();
        for (int i = (known.size() - 1) % step; i < known.size(); i += step)
            if (i >= 0) points.add(new double[] {known.get(i).update(), known.get(i).value(name)});
        return points;
    }
}
