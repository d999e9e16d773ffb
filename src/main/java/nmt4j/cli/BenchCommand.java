package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.ModelConfig.TiedEmbeddings;
import nmt4j.data.Batch;
import nmt4j.data.Batches;
import nmt4j.data.Corpus;
import nmt4j.data.Position;
import nmt4j.data.TextCodecs;
import nmt4j.diagnostics.ProductBenchmark;
import nmt4j.diagnostics.TrainBenchmark;
import nmt4j.diagnostics.TranslateBenchmark;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Profile;
import nmt4j.model.ModelFactory;
import nmt4j.model.ModelFile;
import nmt4j.model.TranslationModel;
import nmt4j.training.Step;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt bench`: how fast this machine multiplies, trains and translates.
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Measures the speed of products, training or translation.")
public final class BenchCommand implements Callable<Integer> {
    private static final double PRODUCT_SECONDS = 0.4;

    /// What is measured.
    enum What { GEMM, TRAIN, TRANSLATE }

    @Parameters(index = "0", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private What what;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CONFIG|MODEL",
            description = "for train a config; for translate a model, or a config with random weights")
    private Path path;

    @Option(names = "--synthetic", paramLabel = "AxB[xC]",
            description = "random ids in place of the corpus: for train sentences x length,"
                    + " for translate sentences of a batch x source length x target length (default for translate: 64x16x16)")
    private String synthetic;

    @Option(names = "--vocabulary", paramLabel = "N",
            description = "size of the vocabularies with random ids (default: ${DEFAULT-VALUE})")
    private int vocabulary = 8000;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "in place of what the config says; may be repeated")
    private List<String> settings = List.of();

    @Option(names = "--beam", paramLabel = "N", description = "for translate (default: ${DEFAULT-VALUE})")
    private int beam = 5;

    @Option(names = "--seconds", paramLabel = "N",
            description = "measured, after as many to warm up at most 20 (default: ${DEFAULT-VALUE})")
    private double seconds = 20;

    @Mixin
    private Threads threads;

    private final Streams streams;

    public BenchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (what != What.GEMM && path == null)
            throw Failure.mistake("bench " + what.name().toLowerCase(Locale.ROOT) + ": which config?");
        switch (what) {
            case GEMM -> {
                VectorModule.load();
                for (var result : products())
                    say("x [%d, %d] · y [%d, %d]: %.0f GFLOP/s", result.shape().m(), result.shape().k(),
                            result.shape().k(),
                            result.shape().n(), result.gigaflops());
            }
            case TRAIN -> train(Config.load(path, settings));
            case TRANSLATE -> translate();
        }
        return 0;
    }

    private List<ProductBenchmark.Result> products() {
        try (var parallel = new Parallel(threads.count())) {
            return ProductBenchmark.run(parallel, PRODUCT_SECONDS);
        }
    }

    private void train(Config config) throws IOException {
        if (synthetic == null) {
            trainOnCorpus(config);
            return;
        }
        var numbers = numbers(2);
        VectorModule.load();
        try (var parallel = new Parallel(threads.count()); var model = model(config, vocabulary, vocabulary, true)) {
            var batch = TrainBenchmark.synthetic(numbers[0], numbers[1], vocabulary);
            report(config, model, parallel, () -> batch);
        }
    }

    private void trainOnCorpus(Config config) throws IOException {
        var folder = Files.createTempDirectory("nmt-bench");
        var codecs = TextCodecs.of(config.data());
        try (var corpus = Corpus.read(config.data(), codecs.source(), codecs.target(), folder);
                var stream = new Batches(corpus, config.training().batch(), config.seed()).from(Position.START)) {
            VectorModule.load();
            try (var parallel = new Parallel(threads.count());
                    var model = model(config, codecs.source().vocabulary().size(), codecs.target().vocabulary().size(),
                            true)) {
                report(config, model, parallel, stream::next);
            }
        } finally {
            Files.delete(folder);
        }
    }

    private void report(Config config, TranslationModel model, Parallel parallel, Supplier<Batch> batches)
            throws IOException {
        double peak = ProductBenchmark.peak(ProductBenchmark.run(parallel, PRODUCT_SECONDS));
        try (var step = new Step(model, config.training(), config.seed(), parallel)) {
            var result = new TrainBenchmark(step, parallel, batches).run(Math.min(20, seconds), seconds);
            say("%,d parameters, %d threads: %,.0f target tokens/s (%,.0f with source), %.1f ms an update",
                    model.parameters().count(),
                    threads.count(), result.targetTokensPerSecond(),
                    (result.sourceTokens() + result.targetTokens()) / result.seconds(),
                    result.millisecondsPerUpdate());
            say("products: %.0f GFLOP/s, %.2f of this machine's %.0f; activations take %,d MB", result.gigaflops(),
                    result.gigaflops() / peak, peak, result.tapeBytes() >> 20);
            table(result.profile(), result.updates(), result.seconds());
        }
    }

    private void table(Profile profile, long updates, double all) throws IOException {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("operation", "calls", "ms an update", "share"));
        var entries = new ArrayList<>(profile.entries().entrySet());
        entries.sort((a, b) -> Long.compare(b.getValue().nanoseconds(), a.getValue().nanoseconds()));
        double rest = all * 1e9;
        for (var entry : entries) {
            rest -= entry.getValue().nanoseconds();
            rows.add(row(entry.getKey(), String.valueOf(entry.getValue().calls() / updates),
                    entry.getValue().nanoseconds(), updates, all));
        }
        rows.add(row("between operations", "", rest, updates, all));
        for (var line : TextTable.lines(rows)) streams.println(line);
    }

    private static List<String> row(String operation, String calls, double nanoseconds, long updates, double all) {
        return List.of(operation, calls, String.format(Locale.ROOT, "%.2f", nanoseconds / 1e6 / updates),
                String.format(Locale.ROOT, "%.1f %%", 100 * nanoseconds / 1e9 / all));
    }

    private void translate() throws IOException {
        if (synthetic == null) synthetic = "64x16x16";
        var numbers = numbers(3);
        VectorModule.load();
        try (var model = modelToTranslate()) {
            var load = new TranslateBenchmark.Load(numbers[0], numbers[1], numbers[2]);
            int size = model.output().layer().weight().rows();
            var result =
                    TranslateBenchmark.run(model, size, load, beam, threads.count(), Math.min(20, seconds), seconds);
            say("%,d parameters, beam %d, batches of %d, %d threads: %,.0f target tokens/s, %.1f sentences/s, %.2f ms a sentence",
                    model.parameters().count(), beam, numbers[0], threads.count(), result.targetTokensPerSecond(),
                    result.sentencesPerSecond(), 1e3 / result.sentencesPerSecond());
            say("products: %.0f GFLOP/s", result.gigaflops());
        }
    }

    private TranslationModel modelToTranslate() {
        if (!ConfigOrModel.isModel(path)) return model(Config.load(path, settings), vocabulary, vocabulary, false);
        return ModelFile.load(path).model();
    }

    private static TranslationModel model(Config config, int sourceSize, int targetSize, boolean forTraining) {
        if (config.model().tiedEmbeddings() == TiedEmbeddings.ALL && sourceSize != targetSize)
            throw Failure.mistake("bench: vocabularies of " + sourceSize + " and " + targetSize + " can not be tied");
        var model = ModelFactory.declare(config.model(), sourceSize, targetSize);
        model.parameters().allocate(forTraining);
        model.parameters().initialize(config.seed());
        return model;
    }

    private int[] numbers(int count) {
        var parts = synthetic.split("x", -1);
        try {
            if (parts.length != count) throw new NumberFormatException();
            var numbers = new int[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = Integer.parseInt(parts[i]);
                if (numbers[i] < 1) throw new NumberFormatException();
            }
            return numbers;
        } catch (NumberFormatException _) {
            throw Failure.mistake("--synthetic: " + synthetic + "; expected " + count + " whole numbers, such as "
                    + (count == 2 ? "128x16" : "64x16x16"));
        }
    }

    private void say(String format, Object... values) throws IOException {
        streams.println(String.format(Locale.ROOT, format, values));
        streams.out().flush();
    }
}
