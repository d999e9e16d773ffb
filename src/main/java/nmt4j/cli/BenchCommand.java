package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.diagnostics.ProductBenchmark;
import nmt4j.diagnostics.TranslateBenchmark;
import nmt4j.kernel.Parallel;
import nmt4j.lexicon.Shortlist;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Precision;
import nmt4j.text.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt bench`: how fast this machine multiplies, trains, translates and serves.
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures the speed of products, training, translation or a server.%n")
public final class BenchCommand implements Callable<Integer> {
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
        BeamOptions.require(beam >= 1, "--beam", beam, "at least 1");
        BeamOptions.require(seconds > 0, "--seconds", seconds, "above 0");
        BeamOptions.require(vocabulary > Vocabulary.SPECIALS.size(), "--vocabulary", vocabulary,
                "more than the " + Vocabulary.SPECIALS.size() + " entries that are no words");
        if (what == What.TRAIN && ensemble.precision().isPresent())
            throw Failure.mistake("--precision: of gemm, translate and serve; train goes by training.precision");
        if (what != What.GEMM && path == null)
            throw Failure.mistake("bench " + what.name().toLowerCase(Locale.ROOT) + ": which config or model?");
        if (profile && (source.isPresent() || what == What.GEMM || what == What.SERVE))
            throw Failure.mistake("--profile: of train and translate without --source");
        try {
            switch (what) {
                case GEMM -> products();
                case TRAIN -> train();
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
            for (var result : ProductBenchmark.run(parallel, BenchEffort.PRODUCT_SECONDS, precision)) {
                var shape = result.shape();
                report.say("x [%d, %d] · y [%d, %d]: %.0f %s/s", shape.m(), shape.k(), shape.k(), shape.n(),
                        result.gigaflops(), precision == Precision.INT8 ? "GOP" : "GFLOP");
                report.figure("gigaflops of " + shape.m() + "x" + shape.k() + "x" + shape.n(), result.gigaflops());
            }
        }
    }

    private BenchEffort effort() {
        return new BenchEffort(threads.count(), seconds, profile, vocabulary);
    }

    private void train() throws IOException {
        var benchmark = new TrainingSpeed(Config.load(path, settings), effort(), report);
        if (synthetic == null) benchmark.onCorpus();
        else benchmark.onRandomIds(numbers(2));
    }

    private void translate() throws IOException {
        if (source.isPresent() || ConfigOrModel.isModel(path)) {
            try (var loaded = ensemble.load(List.of(path))) {
                if (source.isPresent()) text(loaded).translate(seconds, report);
                else translate(loaded.first().model(), loaded.ensemble().shortlist());
            }
        } else {
            VectorModule.load();
            try (var model = effort().model(Config.load(path, settings), vocabulary, vocabulary, false)) {
                ensemble.precision().ifPresent(model.parameters()::convert);
                translate(model, Optional.empty());
            }
        }
    }

    private void translate(TranslationModel model, Optional<Shortlist> shortlist) {
        if (synthetic == null) synthetic = "64x16x16";
        var numbers = numbers(3);
        new DecodingSpeed(model, shortlist, beam, effort(), report)
                .measure(new TranslateBenchmark.Load(numbers[0], numbers[1], numbers[2]));
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
