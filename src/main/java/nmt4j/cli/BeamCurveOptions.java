package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.config.LengthPenaltyConfig;
import nmt4j.decoding.BeamPoint;
import nmt4j.decoding.Effort;
import nmt4j.decoding.SearchErrors;
import nmt4j.evaluation.References;
import picocli.CommandLine.Option;

/// `nmt eval --beams`, a score by the size of the beam, and `--search-errors`, what beams miss; for `@Mixin`.
final class BeamCurveOptions {
    private static final List<Integer> SIZES = List.of(1, 5, 10, 50, 100);

    @Option(names = "--beams", paramLabel = "LIST", split = ",",
            description = "In place of one score: those of beams of several sizes, such as 1,5,10,50,100.")
    private List<Integer> beams = List.of();

    @Option(names = "--search-errors",
            description = "The same, and for each size the share of sentences whose optimum it misses, and of empty "
                    + "translations, beside exact search (--exact-steps). By log-probability unless "
                    + "--length-penalty says otherwise; sizes 1,5,10,50,100 unless --beams does.")
    private boolean searchErrors;

    @Option(names = "--sample-lines", paramLabel = "N",
            description = "With --beams and --search-errors: lines, evenly from all (default: all; of search errors "
                    + "200).")
    private Optional<Integer> sample = Optional.empty();

    @Option(names = "--exact-seconds", paramLabel = "S",
            description = "With --search-errors: as --exact-steps, but of time (default: no limit).")
    private Optional<Double> seconds = Optional.empty();

    boolean isWanted() {
        return searchErrors || !beams.isEmpty();
    }

    /// @throws Failure  if there is an option that no such table goes by
    void requireUsed() {
        if (!isWanted() && sample.isPresent())
            throw Failure.mistake("--sample-lines: goes with --beams and --search-errors");
        if (!searchErrors && seconds.isPresent()) throw Failure.mistake("--exact-seconds: goes with --search-errors");
    }

    /// What is searched, and what it should be.
    ///
    /// @param lines       sources
    /// @param references  of all of them
    record Task(EnsembleOptions.Loaded models, TranslationOptions options, List<String> lines, References references,
            int threads) {
        /// Some of the lines.
        private Task sample(int count) {
            var chosen = new int[Math.min(count, lines.size())];
            for (int i = 0; i < chosen.length; i++) chosen[i] = (int) ((long) i * lines.size() / chosen.length);
            var some = new ArrayList<String>();
            for (int line : chosen) some.add(lines.get(line));
            return new Task(models, options, some, references.select(chosen), threads);
        }
    }

    BeamCurve run(Task task) {
        require(sample.orElse(1) >= 1, "--sample-lines", sample.orElse(1), "at least 1");
        require(seconds.orElse(1.0) > 0, "--exact-seconds", seconds.orElse(1.0), "above 0");
        for (int beam : beams) BeamOptions.requireHypotheses("--beams", beam);
        var search = task.options.search();
        search.requireUsedWithout("--beams, --search-errors");
        if (!searchErrors && search.hasSteps())
            throw Failure.mistake("--exact-steps: goes with --exact and --search-errors");
        if (sample.isPresent() || searchErrors) task.options.requireNoDemands("--sample-lines, --search-errors");
        if (searchErrors) task.options.requireKeptUnknown("--search-errors");
        var some = task.sample(sample.orElse(searchErrors ? 200 : Integer.MAX_VALUE));
        return searchErrors ? errors(some) : curve(some);
    }

    private BeamCurve curve(Task task) {
        var points = new ArrayList<BeamPoint>();
        for (int beam : beams)
            points.add(new BeamPoint(beam, task.options.translate(task.models, beam, task.lines, task.threads)));
        return new BeamCurve(points, Optional.empty(), task.references);
    }

    private BeamCurve errors(Task task) {
        var search = task.options.search();
        var config = task.models.decoding();
        var plain = new DecodingConfig(config.beamSize(), new LengthPenaltyConfig.None(), config.maxLength());
        var settings = search.settings(plain, task.models.target());
        require(settings.coverage() == 0, "--coverage-penalty", settings.coverage(), "0 with --search-errors");
        var found = SearchErrors.of(task.models.ensemble(), settings, task.lines,
                beams.isEmpty() ? SIZES : beams, new Effort(search.steps(), seconds.orElse(Double.POSITIVE_INFINITY)),
                task.threads);
        return new BeamCurve(found.beams(), Optional.of(found), task.references);
    }
}
