package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import nmt4j.Failure;
import nmt4j.config.Config;
import nmt4j.config.CorpusConfig;
import nmt4j.config.DataConfig;
import nmt4j.config.GivenKeys;
import nmt4j.config.TrainingConfig.Precision;
import nmt4j.data.Batches;
import nmt4j.data.Corpus;
import nmt4j.data.TextCodecs;
import nmt4j.data.ValidationSet;
import nmt4j.diagnostics.corpus.CorpusCheck;
import nmt4j.diagnostics.corpus.CorpusCheck.Reader;
import nmt4j.diagnostics.corpus.Defect;
import nmt4j.kernel.Parallel;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import nmt4j.model.PretrainedEmbeddings;
import nmt4j.model.Side;
import nmt4j.training.Console;
import nmt4j.training.Ending;
import nmt4j.training.MemoryPlan;
import nmt4j.training.ProductPrecision;
import nmt4j.training.RunFolder;
import nmt4j.training.SavedState;
import nmt4j.training.Surroundings;
import nmt4j.training.Trainer;
import nmt4j.training.TrainingData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt train`: a corpus in, a trained model out.
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Trains a model as a config says, into a run folder: models, log, metrics, and a state to go on from.%n")
public final class TrainCommand implements Callable<Integer> {
    /// Pairs of each corpus that are looked at before a training begins.
    private static final long CHECKED = 100_000;
    private static final String NOTHING_FOUND = "nothing found";

    @Parameters(paramLabel = "CONFIG", description = "A JSON file, such as configs/quickstart.json.")
    private Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "In place of what the file says, e.g. training.maxEpochs=3; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--run", paramLabel = "FOLDER",
            description = "Run folder (default: runs/ and the config file's name).")
    private Path run;

    @Option(names = "--resume", description = "Go on with the run in the folder; start it if there is none.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Delete the run in the folder when the new one begins.")
    private boolean overwrite;

    @Option(names = "--repeat", paramLabel = "N",
            description = "N runs, with the config's seed and those after it, in folders seed-S; prints how scores spread. One that "
                    + "diverges counts as failed; the others go on.")
    private Optional<Integer> repeat = Optional.empty();

    @Mixin
    private Threads threads;

    private final Streams streams;

    public TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (resume && overwrite) throw Failure.mistake("--resume and --overwrite: expected one of them at most");
        BeamOptions.require(repeat.orElse(1) >= 1, "--repeat", repeat.orElse(1), "at least 1");
        var path = run == null ? defaultFolder() : run;
        try (var signals = Signals.handled()) {
            return repeat.isPresent() ? trainAll(path, signals) : train(load(settings, path), path, signals);
        }
    }

    /// The config of a run that starts or, if there is one and that is asked for, goes on.
    private Config load(List<String> settings, Path path) {
        return resume && RunFolder.hasState(path) ? Config.loadForResuming(file, settings)
                : Config.loadForTraining(file, settings);
    }

    private int trainAll(Path folder, Signals signals) throws IOException {
        long firstSeed = Config.load(file, settings).seed();
        var spread = new SeedSpread();
        for (long seed = firstSeed; seed < firstSeed + repeat.orElseThrow(); seed++) {
            var seeded = new ArrayList<>(settings);
            seeded.add("seed=" + seed);
            var path = folder.resolve("seed-" + seed);
            try {
                int code = train(load(seeded, path), path, signals);
                if (code != 0) return code;
                spread.add(seed, ModelFile.origin(path));
            } catch (Failure e) {
                if (e.kind() != Failure.Kind.CHECK) throw e;
                streams.err().println("seed " + seed + ": " + e.getMessage());
                spread.addFailed(seed);
            }
        }
        for (var line : spread.lines()) streams.println(line);
        return spread.hasFailed() ? Failure.Kind.CHECK.exitCode() : 0;
    }

    private int train(Config config, Path path, Signals signals) {
        try (var folder = RunFolder.open(path, use()); var console = new TrainingConsole(streams)) {
            var ending = train(config, folder, console, signals);
            if (ending == Ending.ALREADY_FINISHED) console.line(folder.path() + ": finished already; nothing to do");
            else if (ending != Ending.INTERRUPTED)
                console.line(RunReport.said(folder.path(), () -> RunReport.write(folder.path())));
            return ending == Ending.INTERRUPTED ? signals.exitCode() : 0;
        }
    }

    private RunFolder.Use use() {
        return resume ? RunFolder.Use.RESUME : overwrite ? RunFolder.Use.OVERWRITE : RunFolder.Use.NEW;
    }

    private Path defaultFolder() {
        var name = file.getFileName().toString();
        return Path.of("runs", name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name);
    }

    /// The config with a precision in place of `auto`, which does not change where the run goes on upon another machine.
    private static Config decided(Config config, Optional<SavedState> state) {
        if (config.training().precision() != Precision.AUTO) return config;
        return config.withPrecision(state.map(s -> s.model().config().training().precision())
                .orElseGet(() -> ProductPrecision.on(Precision.AUTO)));
    }

    /// The config with the subwords of the model that the run starts from, or has started from.
    private Config complete(Config told, Optional<LoadedModel> known) {
        if (told.training().initialModel().isEmpty()) return told;
        return told.withSubwordsOf(known.orElseThrow().config(), GivenKeys.of(file, settings));
    }

    private Ending train(Config told, RunFolder folder, Console console, Signals signals) {
        VectorModule.load(); // a state, or a model to start from, declares its layers
        Optional<SavedState> state = SavedState.newest(folder, console::line);
        var known = state.map(SavedState::model).or(() -> told.training().initialModel().map(ModelFile::describe));
        var config = decided(complete(told, known), state);
        state.ifPresent(s -> s.requireSame(config));
        Optional<String> findings = state.isPresent() ? Optional.empty() : Optional.of(findings(config.data()));
        findings.filter(found -> !found.equals(NOTHING_FOUND)).ifPresent(found -> console.line("data check: " + found
                + "; nmt check data " + file + " shows them"));
        var codecs = known.map(model -> new TextCodecs(model.source(), model.target()))
                .orElseGet(() -> TextCodecs.of(config.data()));
        try (var corpus = Corpus.read(config.data(), codecs.source(), codecs.target(), folder.path())) {
            sayCorpus(corpus, console);
            var validation =
                    config.data().validation().map(v -> ValidationSet.read(v, codecs.source(), codecs.target()));
            validation.filter(set -> set.tooLong() > 0).ifPresent(set -> console.line(String.format(Locale.ROOT,
                    "validation: %,d pairs are too long for the loss, and count in BLEU alone", set.tooLong())));
            if (config.training().precision() == Precision.BFLOAT16) console.line(ProductPrecision.ofBfloat16());
            requireMemory(config, codecs, corpus, console);
            try (var parallel = new Parallel(threads.count());
                    var model = declare(config, codecs, console);
                    var trainer = new Trainer(model, new TrainingData(corpus, validation), folder,
                            new Surroundings(parallel, console, Optional.of(new BleuValidator(threads.count())),
                                    signals::stopped, new DiskWait(console, signals::stopped)))) {
                state.ifPresentOrElse(trainer::resume, () -> initialize(model, console));
                if (trainer.isFinished()) return Ending.ALREADY_FINISHED;
                long update = state.map(SavedState::update).orElse(0L);
                folder.recordStart(new RunStart(model, corpus, update, findings, threads.count(), file, settings)
                        .toJson());
                signals.askToStop();
                return trainer.train();
            }
        }
    }

    private static void requireMemory(Config config, TextCodecs codecs, Corpus corpus, Console console) {
        var largest = new Batches(corpus, config.training().batch(), config.seed()).largest();
        var plan = MemoryPlan.of(config, codecs.source().vocabulary().size(), codecs.target().vocabulary().size(),
                largest);
        console.line(plan.toString());
        plan.requireFits(MemoryPlan.available());
    }

    private static LoadedModel declare(Config config, TextCodecs codecs, Console console) {
        var model = ModelFile.declare(config, codecs.source(), codecs.target());
        var parameters = model.model().parameters();
        console.line(String.format(Locale.ROOT, "model: %,d parameters, vocabularies of %,d and %,d",
                parameters.count(), codecs.source().vocabulary().size(), codecs.target().vocabulary().size()));
        parameters.allocate(true);
        return model;
    }

    private static void initialize(LoadedModel model, Console console) {
        model.model().parameters().initialize(model.config().seed());
        model.config().training().initialModel().ifPresent(path -> ModelFile.readInto(model.model(), path));
        for (var side : Side.values())
            PretrainedEmbeddings.read(model, side).ifPresent(read -> console.line(read.toString()));
    }

    /// The short form of `nmt check data`: what the first pairs of each corpus have.
    private static String findings(DataConfig data) {
        var heldOut = data.validation().map(CorpusConfig::source).map(List::of).orElse(List.of());
        var found = new EnumMap<Defect, Long>(Defect.class);
        for (var findings : CorpusCheck.of(data.train(), heldOut, CHECKED).train(data.train(), Reader.NONE))
            for (var defect : Defect.values())
                if (findings.count(defect) > 0) found.merge(defect, findings.count(defect), Long::sum);
        return found.isEmpty() ? NOTHING_FOUND : found.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static void sayCorpus(Corpus corpus, Console console) {
        var s = corpus.statistics();
        console.line(String.format(Locale.ROOT,
                "corpus: %,d pairs of %,d (%,d with an empty side, %,d too long); %,d + %,d subwords, %.2f %% + %.2f %% unknown",
                s.kept(), s.read(), s.empty(), s.tooLong(), s.source().tokens(), s.target().tokens(),
                100 * s.source().unknownRate(), 100 * s.target().unknownRate()));
        if (s.carriageReturns() > 0)
            console.line(String.format(Locale.ROOT, "corpus: %,d lines ended in CR LF", s.carriageReturns()));
    }
}
