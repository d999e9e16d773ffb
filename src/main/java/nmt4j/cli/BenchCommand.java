package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import nmt4j.decoding.ForcedLength;
import nmt4j.diagnostics.MemoryBenchmark;
import nmt4j.diagnostics.ProductBenchmark;
import nmt4j.diagnostics.TrainBenchmark;
import nmt4j.diagnostics.TranslateBenchmark;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Profile;
import nmt4j.lexicon.Shortlist;
import nmt4j.model.ModelFactory;
import nmt4j.model.TranslationModel;
import nmt4j.training.Step;
import nmt4j.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt bench`: how fast this machine multiplies, trains, translates and serves.
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures the speed of products, training, translation or a server.%n")
public final class BenchCommand implements Callable<Integer> {
    private static final double PRODUCT_SECONDS = 0.4;

    /// What is measured.
    enum What { GEMM, TRAIN, TRANSLATE, SERVE }

    enum Format { TEXT, JSON }

    @Parameters(index = "0", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private What what;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CONFIG|MODEL",
            description = "For train a config; for translate a model, or a config with random weights; for serve a model.")
    private Path path;

    @Option(names = "--profile",
            description = "Also, for each operation of train and translate: calls, time forward and backward, products "
                    + "or bytes a second beside what the machine manages, idle cores, allocated objects.")
    private boolean profile;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text or json (default: text).")
    private Format format;

    @Option(names = "--synthetic", paramLabel = "AxB[xC]",
            description = "Random ids in place of the corpus: for train sentences x length, for translate sentences of "
                    + "a batch x source length x target length (default for translate: 64x16x16).")
    private String synthetic;

    @Option(names = "--source", paramLabel = "FILE",
            description = "For translate (a model) and serve: real sentences, a line each, to be translated as "
                    + "\"nmt translate\" does.")
    private Optional<Path> source = Optional.empty();

    @Option(names = "--vocabulary", paramLabel = "N",
            description = "Size of the vocabularies with random ids (default: ${DEFAULT-VALUE}).")
    private int vocabulary = 8000;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "In place of what the config says; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--beam", paramLabel = "N", description = "For translate and serve (default: ${DEFAULT-VALUE}).")
    private int beam = 5;

    @Mixin
    private EnsembleOptions ensemble;

    @Option(names = "--requests", paramLabel = "N", defaultValue = "2000",
            description = "For serve: how many, of one sentence each (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "64",
            description = "For serve: how many at once (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--seconds", paramLabel = "N",
            description = "Measured, after as many to warm up, at most 20 (default: ${DEFAULT-VALUE}).")
    private double seconds = 20;

    @Mixin
    private Threads threads;

    private final Streams streams;
    private final BenchReport report = new BenchReport();

    public BenchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (what == What.TRAIN && ensemble.precision().isPresent())
            throw Failure.mistake("--precision: of gemm, translate and serve; train goes by training.precision");
        if (what != What.GEMM && path == null)
            throw Failure.mistake("bench " + what.name().toLowerCase(Locale.ROOT) + ": which config or model?");
        if (profile && (source.isPresent() || what == What.GEMM || what == What.SERVE))
            throw Failure.mistake("--profile: of train and translate without --source");
        try {
            switch (what) {
                case GEMM -> products();
                case TRAIN -> train(Config.load(path, settings));
                case TRANSLATE -> translate();
                case SERVE -> serve();
            }
        } finally {
            if (format == Format.JSON) report.json(streams);
            else report.text(streams);
        }
        return 0;
    }

    private void products() {
        VectorModule.load();
        try (var parallel = new Parallel(threads.count())) {
            var precision = ensemble.precision().orElse(Precision.FLOAT32);
            for (var result : ProductBenchmark.run(parallel, PRODUCT_SECONDS, precision)) {
                var shape = result.shape();
                report.say("x [%d, %d] · y [%d, %d]: %.0f %s/s", shape.m(), shape.k(), shape.k(), shape.n(),
                        result.gigaflops(), precision == Precision.INT8 ? "GOP" : "GFLOP");
                report.figure("gigaflops of " + shape.m() + "x" + shape.k() + "x" + shape.n(), result.gigaflops());
            }
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
            train(config, model, parallel, () -> batch);
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
                train(config, model, parallel, stream::next);
            }
        } finally {
            Files.delete(folder);
        }
    }

    private void train(Config config, TranslationModel model, Parallel parallel, Supplier<Batch> batches) {
        var peaks = peaks(parallel);
        try (var step = new Step(model, config.training(), config.seed(), parallel)) {
            var benchmark = new TrainBenchmark(step, parallel, batches);
            var operations = profile ? Optional.of(new Profile()) : Optional.<Profile>empty();
            var result = benchmark.run(Math.min(20, seconds), seconds, operations);
            say(model, benchmark, result, peaks);
            operations.ifPresent(found -> report.profile(new ProfileTable(found,
                    new ProfileTable.Span(result.updates(), result.seconds(), 0), "an update",
                    new ProfileTable.Cores(threads.count(), threads.count()), peaks)));
        }
    }

    private void say(TranslationModel model, TrainBenchmark benchmark, TrainBenchmark.Result result,
            ProfileTable.Peaks peaks) {
        double sum = (result.sourceTokens() + result.targetTokens()) / result.seconds();
        report.say("%,d parameters, %d threads: %,.0f target tokens/s (%,.0f with source), %.1f ms an update",
                model.parameters().count(), threads.count(), result.targetTokensPerSecond(), sum,
                result.millisecondsPerUpdate());
        report.say("products: %.0f GFLOP/s, %.2f of this machine's %.0f; activations take %,d MB; %,.1f KB of objects "
                + "an update", result.gigaflops(), result.gigaflops() / peaks.gigaflops(), peaks.gigaflops(),
                benchmark.tapeBytes() >> 20, result.allocated() / 1e3 / result.updates());
        report.figure("parameters", model.parameters().count()).figure("threads", threads.count())
                .figure("targetTokensPerSecond", result.targetTokensPerSecond()).figure("tokensPerSecond", sum)
                .figure("millisecondsPerUpdate", result.millisecondsPerUpdate())
                .figure("gigaflops", result.gigaflops()).figure("activationBytes", benchmark.tapeBytes())
                .figure("allocatedBytesPerUpdate", (double) result.allocated() / result.updates());
    }

    private ProfileTable.Peaks peaks(Parallel parallel) {
        return new ProfileTable.Peaks(ProductBenchmark.peak(ProductBenchmark.run(parallel, PRODUCT_SECONDS)),
                profile ? MemoryBenchmark.gigabytes(parallel, PRODUCT_SECONDS) : 0);
    }

    private void translate() throws IOException {
        if (source.isPresent()) {
            try (var loaded = ensemble.load(List.of(path))) {
                text(loaded).translate(seconds, report);
            }
            return;
        }
        if (synthetic == null) synthetic = "64x16x16";
        var numbers = numbers(3);
        VectorModule.load();
        if (!ConfigOrModel.isModel(path)) {
            try (var model = model(Config.load(path, settings), vocabulary, vocabulary, false)) {
                if (ensemble.precision().equals(Optional.of(Precision.INT8))) model.parameters().quantize();
                translate(model, Optional.empty(), numbers);
            }
        } else {
            try (var loaded = ensemble.load(List.of(path))) {
                translate(loaded.first().model(), loaded.ensemble().shortlist(), numbers);
            }
        }
    }

    private void translate(TranslationModel model, Optional<Shortlist> shortlist, int[] numbers) {
        var load = new TranslateBenchmark.Load(numbers[0], numbers[1], numbers[2]);
        var profiles = new ArrayList<Profile>();
        var search = new ForcedLength(model, shortlist, beam, load.targetLength(), threads.count());
        var result = TranslateBenchmark.run(search, load, model.output().layer().weight().rows(), seconds,
                profile ? Optional.of(profiles::addAll) : Optional.empty());
        report.say("%,d parameters, %s, beam %d, batches of %d, %d threads: %,.0f target tokens/s, %.1f sentences/s, "
                + "%.2f ms a sentence", model.parameters().count(),
                model.parameters().precision().name().toLowerCase(Locale.ROOT), beam, numbers[0], threads.count(),
                result.targetTokensPerSecond(), result.sentencesPerSecond(), 1e3 / result.sentencesPerSecond());
        report.say("products: %.0f GFLOP/s; %,.1f KB of objects a sentence", result.gigaflops(),
                result.allocated() / 1e3 / result.sentences());
        report.figure("parameters", model.parameters().count()).figure("threads", threads.count())
                .figure("targetTokensPerSecond", result.targetTokensPerSecond())
                .figure("sentencesPerSecond", result.sentencesPerSecond()).figure("gigaflops", result.gigaflops())
                .figure("allocatedBytesPerSentence", (double) result.allocated() / result.sentences());
        if (profile) profile(profiles, result, numbers[0]);
    }

    private void profile(List<Profile> profiles, TranslateBenchmark.Result result, int batch) {
        var operations = new Profile();
        profiles.subList(0, profiles.size() - 1).forEach(operations::add);
        double idle = result.seconds() * 1e9 * threads.count();
        for (var whole : profiles.getLast().entries().values()) idle -= whole.busy();
        try (var parallel = new Parallel(threads.count())) {
            report.profile(new ProfileTable(operations,
                    new ProfileTable.Span(result.sentences() / batch, result.seconds(), idle), "a batch",
                    new ProfileTable.Cores(threads.count(), 1), peaks(parallel)));
        }
    }

    private void serve() throws IOException {
        if (source.isEmpty()) throw Failure.mistake("bench serve: --source is missing: what do clients ask for?");
        BeamOptions.require(requests >= 1 && clients >= 1, "--requests, --clients", Math.min(requests, clients),
                "at least 1");
        try (var loaded = ensemble.load(List.of(path))) {
            text(loaded).serve(requests, clients, report);
        }
    }

    private TextBenchmark text(EnsembleOptions.Loaded loaded) {
        return new TextBenchmark(loaded, beam, threads.count(), TextFiles.wholeLines(source.orElseThrow()));
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
}
