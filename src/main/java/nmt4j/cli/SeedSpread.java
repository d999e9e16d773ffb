package nmt4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import nmt4j.model.ModelFile;

/// How much a result depends on the seed: the validation scores of the best model of several runs, their mean, standard
/// deviation (n − 1), lowest and highest.
final class SeedSpread {
    private final Map<Long, ModelFile.Origin> runs = new TreeMap<>();
    private final List<Long> failed = new ArrayList<>();

    void add(long seed, ModelFile.Origin best) {
        runs.put(seed, best);
    }

    /// A run that diverged has no part in the scores.
    void addFailed(long seed) {
        failed.add(seed);
    }

    boolean hasFailed() {
        return !failed.isEmpty();
    }

    /// A line for each seed, and four for all that have scores, if any.
    List<String> lines() {
        var byScore = new LinkedHashMap<String, double[]>();
        for (var name : runs.values().stream().findFirst().map(run -> run.scores().keySet()).orElse(Set.of()))
            byScore.put(name, runs.values().stream().mapToDouble(run -> run.scores().get(name)).toArray());
        var rows = new ArrayList<List<String>>();
        var header = new ArrayList<>(List.of("seed", "update"));
        header.addAll(byScore.keySet());
        rows.add(header);
        var bySeed = new TreeMap<Long, List<String>>();
        runs.forEach((seed, run) -> bySeed.put(seed, row(seed, Long.toString(run.update()),
                byScore.keySet().stream().map(name -> number(run.scores().get(name))))));
        for (long seed : failed) bySeed.put(seed, row(seed, "failed", byScore.keySet().stream().map(_ -> "")));
        rows.addAll(bySeed.values());
        if (runs.isEmpty()) return TextTable.lines(rows);
        rows.add(row("mean", byScore, SeedSpread::mean));
        rows.add(row("deviation", byScore, SeedSpread::deviation));
        rows.add(row("lowest", byScore, scores -> DoubleStream.of(scores).min().orElseThrow()));
        rows.add(row("highest", byScore, scores -> DoubleStream.of(scores).max().orElseThrow()));
        return TextTable.lines(rows);
    }

    private static List<String> row(long seed, String update, Stream<String> scores) {
        var row = new ArrayList<>(List.of(Long.toString(seed), update));
        scores.forEach(row::add);
        return row;
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
