package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.diagnostics.memory.DistanceTask;
import nmt4j.diagnostics.memory.Family;
import nmt4j.diagnostics.memory.GradientFlow;
import nmt4j.model.DurableFile;
import nmt4j.model.ModelFactory;
import nmt4j.model.ModelFile;
import nmt4j.model.TranslationModel;
import nmt4j.report.LineChart;
import nmt4j.report.LineChart.Point;
import nmt4j.report.LineChart.Scale;
import nmt4j.report.LineChart.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt gradients`: how far back a model can learn from.
@Command(name = "gradients", mixinStandardHelpOptions = true, sortOptions = false,
        description = {
                "Shows how far a gradient flows: its norm at the word vector k places before the end of the source,",
                "for a loss on the first target word. Without a model: a task that asks at different distances, for six",
                "families after equal training.%n"})
public final class GradientsCommand implements Callable<Integer> {
    private static final int VOCABULARY = 1009;

    private final Streams streams;

    @Parameters(arity = "0..1", paramLabel = "CONFIG|MODEL",
            description = "A config with random weights, a model file, or a run folder.")
    private Optional<Path> path = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "In place of what a config says; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--length", paramLabel = "N", defaultValue = "50",
            description = "Words of the source (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(names = "--distances", split = ",", paramLabel = "N,N", defaultValue = "0,10,20,40,80,160",
            description = "Of the task: words before the question (default: ${DEFAULT-VALUE}).")
    private List<Integer> distances;

    @Option(names = "--updates", paramLabel = "N", defaultValue = "2000",
            description = "Of the task: updates of each model (default: ${DEFAULT-VALUE}).")
    private int updates;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "3",
            description = "Of the task: models of each family (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw it, too.")
    private Optional<Path> svg = Optional.empty();

    @Mixin
    private Threads threads;

    public GradientsCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        BeamOptions.require(length >= 1, "--length", length, "at least 1");
        BeamOptions.require(updates >= 1, "--updates", updates, "at least 1");
        BeamOptions.require(seeds >= 1, "--seeds", seeds, "at least 1");
        BeamOptions.require(distances.stream().allMatch(d -> d >= 0), "--distances", distances, "at least 0 each");
        VectorModule.load();
        if (path.isPresent()) flow(path.get());
        else task();
        return 0;
    }

    private void flow(Path path) throws IOException {
        if (!ConfigOrModel.isModel(path)) {
            var config = Config.load(path, settings);
            try (var model = ModelFactory.declare(config.model(), VOCABULARY, VOCABULARY)) {
                model.parameters().allocate(true);
                model.parameters().initialize(config.seed());
                tell(path, GradientFlow.norms(model, VOCABULARY, length, config.seed()));
            }
            return;
        }
        if (!settings.isEmpty()) throw Failure.mistake("--set: " + path + " is a model, whose config is settled");
        try (var described = ModelFile.describe(path)) {
            TranslationModel model = described.model();
            model.parameters().allocate(true);
            ModelFile.readInto(model, path);
            tell(path, GradientFlow.norms(model, described.source().vocabulary().size(), length,
                    described.config().seed()));
        }
    }

    private void tell(Path path, double[] norms) throws IOException {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("lag", "norm", "of lag 0"));
        for (int k = 0; k < norms.length; k++)
            rows.add(List.of(Integer.toString(k), format("%.2e", norms[k]), format("%.2e", norms[k] / norms[0])));
        for (var line : TextTable.lines(rows)) streams.println(line);
        draw(List.of(flowChart("Gradient flow", List.of(flowSeries(path.toString(), norms)))));
    }

    private void draw(List<LineChart> charts) {
        svg.ifPresent(file -> DurableFile.write(file, LineChart.svg(charts)));
    }

    private static LineChart flowChart(String title, List<Series> series) {
        return new LineChart(title, "words before the end of the source", "gradient norm, of that of the last word",
                Scale.LOGARITHMIC, series);
    }

    private static Series flowSeries(String name, double[] norms) {
        var points = new ArrayList<Point>();
        for (int k = 0; k < norms.length; k++) points.add(new Point(k, norms[k] / norms[0], 0));
        return new Series(name, points);
    }

    private void task() throws IOException {
        var accuracies = accuracies();
        var rows = new ArrayList<List<String>>();
        rows.add(new ArrayList<>(List.of("right answers, %, at distance")));
        for (int distance : distances) rows.getFirst().add(Integer.toString(distance));
        var flows = new ArrayList<Series>();
        var answers = new ArrayList<Series>();
        for (var family : Family.values()) {
            var points = points(accuracies.get(family));
            var row = new ArrayList<>(List.of(family.words()));
            for (var p : points) row.add(format("%.1f ±%4.1f", p.y(), p.deviation()));
            rows.add(row);
            answers.add(new Series(family.words(), points));
            flows.add(flowSeries(family.words(), family.flow(length, seeds)));
        }
        for (var line : TextTable.lines(rows)) streams.println(line);
        draw(List.of(flowChart("Gradient flow before training", flows), new LineChart(
                format("Right answers after %,d updates", updates), "words between answer and question",
                "%, mean and deviation of " + seeds + " seeds", Scale.LINEAR, answers)));
    }

    private Map<Family, double[][]> accuracies() {
        var done = new AtomicLong();
        long all = (long) Family.values().length * seeds * updates;
        try (var progress = new Progress(streams, "training, updates of all models", all)) {
            return new DistanceTask(distances, updates).compare(seeds, threads.count(), () -> {
                synchronized (progress) {
                    progress.at(done.incrementAndGet());
                }
            });
        }
    }

    /// Of each distance mean and standard deviation over seeds, in percent.
    private List<Point> points(double[][] accuracies) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < distances.size(); i++) {
            int d = i;
            var percent = Arrays.stream(accuracies).mapToDouble(a -> 100 * a[d]).toArray();
            points.add(new Point(distances.get(d), SeedSpread.mean(percent), SeedSpread.deviation(percent)));
        }
        return points;
    }

    private static String format(String text, Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }
}
