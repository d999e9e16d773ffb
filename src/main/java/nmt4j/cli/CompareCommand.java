package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.evaluation.ApproximateRandomization;
import nmt4j.evaluation.Bootstrap;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.References;
import nmt4j.evaluation.SignificanceTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says whether systems differ significantly from a baseline.
@Command(name = "compare", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Compares translations with a baseline by paired significance tests, as sacreBLEU does.%n")
public final class CompareCommand implements Callable<Integer> {
    enum Method { BOOTSTRAP, RANDOMIZATION }

    enum Format { TEXT, JSON }

    private final Streams streams;

    @Parameters(arity = "2..*", paramLabel = "FILE",
            description = "The systems' translations; the first is the baseline.")
    private List<Path> systems;

    @Option(names = "--reference", required = true, paramLabel = "FILE",
            description = "What they should be; give it several times for several references.")
    private List<Path> references;

    @Option(names = "--method", paramLabel = "NAME", defaultValue = "bootstrap",
            description = "bootstrap (with confidence intervals) or randomization (default: bootstrap).")
    private Method method;

    @Option(names = "--trials", paramLabel = "N",
            description = "Resamples or swaps (default: 1000 for bootstrap, 10000 for randomization).")
    private Integer trials;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "" + SignificanceTest.DEFAULT_SEED,
            description = "Seed of the samples (default: " + SignificanceTest.DEFAULT_SEED + ", as sacreBLEU's).")
    private long seed;

    @Option(names = {"-f", "--format"}, paramLabel = "FORMAT", defaultValue = "text",
            description = "text, or json with unrounded scores (default: text).")
    private Format format;

    @Option(names = {"-w", "--width"}, paramLabel = "N", defaultValue = "1",
            description = "Decimals in text (default: 1).")
    private int width;

    @Mixin
    private MetricOptions options;

    public CompareCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (width < 0)
            throw Failure.mistake("--width: " + width + ", expected at least 0");
        var translations = new ArrayList<List<String>>();
        for (var system : systems) {
            translations.add(TextFiles.lines(system));
            options.warnIfTokenized(translations.getLast(), system.toString(), streams);
            TextFiles.requireAsManyLines(system, translations.getLast(), systems.getFirst(), translations.getFirst());
        }
        var lines = TextFiles.references(references, systems.getFirst(), translations.getFirst());
        var verdicts = options.metrics().stream().map(metric -> verdict(metric, translations, lines)).toList();
        switch (format) {
            case TEXT -> ComparisonTable.write(systems, verdicts, width, streams);
            case JSON -> ComparisonJson.write(systems, verdicts, streams);
        }
        return 0;
    }

    private Verdict verdict(Metric metric, List<List<String>> translations, References lines) {
        var test = test();
        var statistics = translations.stream().map(translation -> metric.statistics(translation, lines)).toList();
        var signature = metric.signature(lines).with(test.label(), test.trials(), test.seed());
        return new Verdict(metric, signature, test.compare(metric, statistics));
    }

    private SignificanceTest test() {
        return switch (method) {
            case BOOTSTRAP -> new Bootstrap(trials == null ? Bootstrap.standard().trials() : trials, seed);
            case RANDOMIZATION -> new ApproximateRandomization(
                    trials == null ? ApproximateRandomization.standard().trials() : trials, seed);
        };
    }
}
