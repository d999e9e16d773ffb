package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.evaluation.Score;

/// Systems beside a baseline, for people.
final class ComparisonTable {
    private static final double SIGNIFICANT = 0.05;

    private ComparisonTable() {}

    static void write(List<Path> systems, List<Verdict> verdicts, int width, Streams streams) throws IOException {
        var rows = new ArrayList<List<String>>();
        rows.add(header(verdicts));
        for (int s = 0; s < systems.size(); s++) {
            var row = new ArrayList<>(List.of(systems.get(s) + (s == 0 ? " (baseline)" : "")));
            for (var verdict : verdicts) {
                var system = verdict.systems().get(s);
                row.add(Score.rounded(system.score().score(), width));
                system.interval().ifPresent(interval -> row.add(interval.text(width)));
                row.add(system.p().isPresent() ? p(system.p().getAsDouble()) : "");
            }
            rows.add(row);
        }
        for (var line : TextTable.lines(rows))
            streams.println(line);
        writeNotes(verdicts, streams);
    }

    private static List<String> header(List<Verdict> verdicts) {
        var header = new ArrayList<>(List.of("system"));
        for (var verdict : verdicts) {
            header.add(verdict.metric().name());
            if (verdict.systems().getFirst().interval().isPresent())
                header.add("μ ± 95 % CI");
            header.add("p");
        }
        return header;
    }

    /// Aligned whether or not there is a star.
    private static String p(double p) {
        return Score.rounded(p, 4) + (p < SIGNIFICANT ? "*" : " ");
    }

    private static void writeNotes(List<Verdict> verdicts, Streams streams) throws IOException {
        streams.println("");
        streams.println("p: how probable a difference from the baseline as large as this one is if both are equally"
                + " good; * below " + SIGNIFICANT);
        for (var verdict : verdicts)
            streams.println(verdict.metric().name() + '|' + verdict.signature());
    }
}
