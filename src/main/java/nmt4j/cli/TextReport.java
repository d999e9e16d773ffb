package nmt4j.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import nmt4j.evaluation.Evaluation;
import nmt4j.evaluation.Score;

/// sacreBLEU's lines, for people.
///
/// @param width      decimals
/// @param scoreOnly  leaves out names, signatures and details
/// @param shortened  abbreviates signatures
record TextReport(Streams streams, int width, boolean scoreOnly, boolean shortened) implements ScoreReport {
    @Override
    public void corpus(List<Evaluation> metrics) throws IOException {
        int longest = metrics.stream().mapToInt(metric -> title(metric).length()).max().orElse(0);
        for (var metric : metrics)
            streams.println(scoreOnly ? figures(metric)
                    : " ".repeat(longest - title(metric).length()) + title(metric) + " = " + metric.figures(width));
        if (!metrics.getFirst().byLength().isEmpty())
            byLength(metrics);
        if (!metrics.getFirst().groups().isEmpty())
            groups(metrics);
    }

    @Override
    public void sentences(List<List<Evaluation>> lines) throws IOException {
        for (var line : lines)
            for (var metric : line)
                streams.println(scoreOnly ? figures(metric) : title(metric) + " = " + metric.figures(width));
    }

    private String title(Evaluation metric) {
        return metric.score().name() + '|'
                + (shortened ? metric.signature().abbreviated() : metric.signature().toString());
    }

    private String figures(Evaluation metric) {
        var score = Score.rounded(metric.score().score(), width);
        return metric.interval().map(i -> score + " (" + Evaluation.confidence(i, width) + ")").orElse(score);
    }

    private void byLength(List<Evaluation> metrics) throws IOException {
        var header = new ArrayList<>(List.of("words", "lines"));
        metrics.forEach(metric -> header.add(metric.score().name()));
        var rows = new ArrayList<List<String>>(List.of(header));
        for (int i = 0; i < metrics.getFirst().byLength().size(); i++) {
            var length = metrics.getFirst().byLength().get(i).length();
            var row = new ArrayList<>(List.of(length.label(), Integer.toString(length.lines().length)));
            for (var metric : metrics)
                row.add(Score.rounded(metric.byLength().get(i).score().score(), width));
            rows.add(row);
        }
        table(rows);
    }

    private void groups(List<Evaluation> metrics) throws IOException {
        var header = new ArrayList<>(List.of("group", "lines", "exact %"));
        metrics.forEach(metric -> header.add(metric.score().name()));
        var rows = new ArrayList<List<String>>(List.of(header));
        for (int i = 0; i < metrics.getFirst().groups().size(); i++) {
            var group = metrics.getFirst().groups().get(i);
            var exact = Score.rounded(100 * group.exactShare(), width);
            var row = new ArrayList<>(List.of(group.label(), Integer.toString(group.sentences()), exact));
            for (var metric : metrics)
                row.add(Score.rounded(metric.groups().get(i).score().score(), width));
            rows.add(row);
        }
        table(rows);
    }

    private void table(List<List<String>> rows) throws IOException {
        streams.println("");
        for (var line : TextTable.lines(rows))
            streams.println(line);
    }
}
