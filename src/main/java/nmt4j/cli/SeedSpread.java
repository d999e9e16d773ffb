package nmt4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import nmt4j.model.ModelFile;

/// How much a result depends on the seed: the validation scores of the best model of several runs, their mean, standard
/// deviation (n − 1), lowest and highest.
final class SeedSpread {
    private final Map<Long, ModelFile.Origin> runs = new TreeMap<>();

    void add(long seed, ModelFile.Origin best) {
        runs.put(seed, best);
    }

    /// A line for each seed, and four for all of them.
    List<String> lines() {
        var byScore = new LinkedHashMap<String, double[]>();
        for (var name : runs.values().iterator().next().scores().keySet())
            byScore.put(name, runs.values().stream().mapToDouble(run -> run.scores().get(name)).toArray());
        var rows = new ArrayList<List<String>>();
        var header = new ArrayList<>(List.of("seed", "update"));
        header.addAll(byScore.keySet());
        rows.add(header);
        runs.forEach((seed, run) -> {
            var row = new ArrayList<>(List.of(seed.toString(), Long.toString(run.update())));
            for (var name : byScore.keySet()) row.add(number(run.scores().get(name)));
            rows.add(row);
        });
        rows.add(row("mean", byScore, SeedSpread::mean));
        rows.add(row("deviation", byScore, SeedSpread::deviation));
        rows.add(row("lowest", byScore, scores -> DoubleStream.of(scores).min().orElseThrow()));
        rows.add(row("highest", byScore, scores -> DoubleStream.of(scores).max().orElseThrow()));
        return TextTable.lines(rows);
    }

    private interface Statistic {
        double of(double[] scores);
    }

    private static List<String> row(String name, Map<String, double[]> byScore, Statistic statistic) {
        var row = new ArrayList<>(List.of(name, ""));
        for (var scores : byScore.values()) row.add(number(statistic.of(scores)));
        return row;
    }

    static double mean(double[] scores) {
        return DoubleStream.of(scores).average().orElseThrow();
    }

    /// √(Σ (x − μ)² / (n − 1)); 0 of one score.
    static double deviation(double[] scores) {
        double mean = mean(scores);
        double sum = 0;
        for (double score : scores) sum += (score - mean) * (score - mean);
        return scores.length == 1 ? 0 : Math.sqrt(sum / (scores.length - 1));
    }

    private static String number(double score) {
        return String.format(Locale.ROOT, "%.4f", score);
    }
}
