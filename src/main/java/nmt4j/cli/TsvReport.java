package nmt4j.cli;

import java.io.IOException;
import java.util.List;
import nmt4j.evaluation.Evaluation;
import nmt4j.evaluation.Interval;

/// Tab-separated columns with a header, scores unrounded.
record TsvReport(Streams streams) implements ScoreReport {
    @Override
    public void corpus(List<Evaluation> metrics) throws IOException {
        row("metric", "part", "score", "mean", "half_width", "signature");
        for (var metric : metrics) {
            row(metric.score().name(), "all", number(metric.score().score()),
                    metric.interval().map(Interval::mean).map(TsvReport::number).orElse(""),
                    metric.interval().map(Interval::halfWidth).map(TsvReport::number).orElse(""),
                    metric.signature().toString());
            for (var part : metric.byLength())
                row(metric.score().name(), part.length().label(), number(part.score().score()), "", "",
                        metric.signature().toString());
            for (var group : metric.groups())
                row(metric.score().name(), group.label(), number(group.score().score()), "", "",
                        metric.signature().toString());
        }
    }

    @Override
    public void sentences(List<List<Evaluation>> lines) throws IOException {
        row(lines.getFirst().stream().map(metric -> metric.score().name()).toArray(String[]::new));
        for (var line : lines)
            row(line.stream().map(metric -> number(metric.score().score())).toArray(String[]::new));
    }

    private void row(String... fields) throws IOException {
        streams.println(String.join("\t", fields));
    }

    private static String number(double value) {
        return Double.toString(value);
    }
}
