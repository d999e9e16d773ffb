package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nmt4j.config.DecodingConfig;
import nmt4j.config.LengthPenaltyConfig;
import nmt4j.decoding.Ensemble;
import nmt4j.decoding.SearchErrors;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.References;
import nmt4j.evaluation.Score;
import nmt4j.model.LoadedModel;
import picocli.CommandLine.Option;

/// `nmt eval --search-errors`: what beams miss; for `@Mixin`.
final class SearchErrorOptions {
    @Option(names = "--search-errors",
            description = "In place of the scores: for beams of several sizes the score, the share of sentences whose "
                    + "optimum they miss, and of empty translations, beside exact search. By log-probability "
                    + "unless --length-penalty says otherwise.")
    private boolean wanted;

    @Option(names = "--sample-lines", paramLabel = "N", defaultValue = "200",
            description = "With --search-errors: lines, evenly from all (default: 200).")
    private int sample;

    @Option(names = "--beams", paramLabel = "LIST", split = ",", defaultValue = "1,5,10,50,100",
            description = "With --search-errors: sizes (default: 1,5,10,50,100).")
    private List<Integer> beams;

    @Option(names = "--exact-steps", paramLabel = "N", defaultValue = "10000",
            description = "With --search-errors: prefixes of a sentence to look at before giving up (default: 10000).")
    private long steps;

    boolean isWanted() {
        return wanted;
    }

    /// What is searched, and whose translations are scored.
    ///
    /// @param lines       sources
    /// @param references  of all of them
    record Task(LoadedModel model, BeamOptions beam, List<String> lines, References references, int threads) {}

    void run(Task task, Metric metric, boolean asTable, Streams streams) throws IOException {
        require(sample >= 1, "--sample-lines", sample, "at least 1");
        require(steps >= 1, "--exact-steps", steps, "at least 1");
        for (int beam : beams) require(beam >= 1, "--beams", beam, "sizes of at least 1");
        var chosen = chosen(task.lines().size());
        var lines = new ArrayList<String>();
        for (int line : chosen) lines.add(task.lines().get(line));
        var config = task.model().config().decoding();
        var plain = new DecodingConfig(config.beamSize(), new LengthPenaltyConfig.None(), config.maxLength());
        var found = SearchErrors.of(Ensemble.of(task.model()), task.beam().settings(plain, task.model().target()),
                lines, beams, steps, task.threads());
        var rows = rows(found, metric, task.references().select(chosen));
        for (var line : asTable ? TextTable.lines(rows) : rows.stream().map(row -> String.join("\t", row)).toList())
            streams.println(line);
        streams.err().printf(Locale.ROOT, "nmt: %,d sentences, the optimum of %,d is proved%n", found.lines(),
                found.proved());
    }

    private int[] chosen(int size) {
        var chosen = new int[Math.min(sample, size)];
        for (int i = 0; i < chosen.length; i++) chosen[i] = (int) ((long) i * size / chosen.length);
        return chosen;
    }

    private static List<List<String>> rows(SearchErrors found, Metric metric, References references) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("beam", metric.name(), "log p", "errors %", "of proved", "better known %", "empty %"));
        for (var row : found.rows())
            rows.add(List.of(row.beam() == 0 ? "exact" : Integer.toString(row.beam()),
                    Score.rounded(metric.score(row.texts(), references).score(), 2),
                    Score.rounded(row.logProbability(), 4), share(row.errors(), found.proved()),
                    Integer.toString(found.proved()), share(row.better(), found.lines()),
                    share(row.empty(), found.lines())));
        return rows;
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "–" : Score.rounded(100.0 * part / whole, 1);
    }
}
