package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import nmt4j.Failure;
import nmt4j.decoding.Translation;
import nmt4j.evaluation.Bleu;
import nmt4j.evaluation.Bootstrap;
import nmt4j.evaluation.Evaluation;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.References;
import nmt4j.evaluation.SignificanceTest;
import nmt4j.model.DurableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Scores translations, or a model's translations of a source, against references.
@Command(name = "eval", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Scores translations against references by BLEU, chrF and TER, as sacreBLEU does.%n")
public final class EvalCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", arity = "0..*",
            description = "A model file, or the folder of a run (then its best model), that translates --source first; "
                    + "several are an ensemble.")
    private List<Path> models = List.of();

    @Mixin
    private EnsembleOptions ensemble;

    @Option(names = "--source", paramLabel = "FILE", description = "What MODEL translates, a line each.")
    private Optional<Path> source = Optional.empty();

    @Option(names = "--output", paramLabel = "FILE",
            description = "With MODEL: where its translations are kept, a line each.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--hypothesis", paramLabel = "FILE", description = "In place of both: translations, a line each.")
    private Optional<Path> hypothesis = Optional.empty();

    @Option(names = "--reference", required = true, paramLabel = "FILE",
            description = "What they should be, a line each; give it several times for several references.")
    private List<Path> references;

    @Option(names = {"-f", "--format"}, paramLabel = "FORMAT", defaultValue = "text",
            description = "text (sacreBLEU's lines), json or tsv, these two with unrounded scores (default: text).")
    private ScoreReport.Format format;

    @Option(names = {"-w", "--width"}, paramLabel = "N", defaultValue = "1",
            description = "Decimals in text (default: 1).")
    private int width;

    @Option(names = {"-b", "--score-only"}, description = "Print only the score.")
    private boolean scoreOnly;

    @Option(names = {"-sh", "--short"}, description = "Abbreviate signatures.")
    private boolean shortened;

    @Option(names = {"-sl", "--sentence-level"}, description = "Score each line by itself.")
    private boolean sentenceLevel;

    @Option(names = "--by-length", description = "Also score the lines of each reference length.")
    private boolean byLength;

    @Option(names = "--groups", paramLabel = "FILE",
            description = "Also score groups of lines, and count those that equal a reference; each line of FILE names"
                    + " its groups, separated by blanks.")
    private Path groups;

    @Option(names = {"-ci", "--confidence"},
            description = "Also give 95 %% confidence intervals, by bootstrap resampling.")
    private boolean confidence;

    @Option(names = {"-cin", "--confidence-n"}, paramLabel = "N", defaultValue = "1000",
            description = "Resamples for --confidence (default: 1000).")
    private int resamples;

    @Mixin
    private MetricOptions options;

    @Mixin
    private TranslationOptions translation;

    @Mixin
    private BeamCurveOptions curve;

    @Mixin
    private Threads threads;

    public EvalCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        var file = scored();
        if (models.isEmpty()) {
            var hypotheses = TextFiles.lines(file);
            options.warnIfTokenized(hypotheses, file.toString(), streams);
            report(hypotheses, TextFiles.references(references, file, hypotheses), labels(hypotheses));
        } else {
            translateAndReport(file);
        }
        return 0;
    }

    /// The file whose lines the scores are of.
    private Path scored() {
        return hypothesis.or(() -> source).orElseThrow();
    }

    private void translateAndReport(Path file) throws IOException {
        var lines = TextFiles.wholeLines(file);
        var all = TextFiles.references(references, file, lines); // before the work, as the groups
        var labels = labels(lines);
        try (var loaded = ensemble.load(models)) {
            options.fit(loaded.first());
            if (curve.isWanted()) {
                curve.run(new BeamCurveOptions.Task(loaded, translation, lines, all, threads.count()))
                        .write(options.metrics(), format, streams);
            } else {
                report(kept(() -> Translation.texts(translation.translate(loaded, lines, threads.count()))), all,
                        labels);
            }
        }
    }

    /// Translations, which are kept in a file if that is asked for; it is begun before them.
    private List<String> kept(Supplier<List<String>> translations) {
        if (output.isEmpty()) return translations.get();
        var texts = new ArrayList<String>();
        DurableFile.write(output.get(), channel -> {
            texts.addAll(translations.get());
            var lines = String.join("\n", texts) + (texts.isEmpty() ? "" : "\n");
            Channels.newOutputStream(channel).write(lines.getBytes(UTF_8));
        });
        return texts;
    }

    private void requireSense() {
        int metrics = options.metrics().size();
        SignificanceTest.requireTrials(resamples);
        if (models.isEmpty() == hypothesis.isEmpty())
            throw Failure.mistake("eval: either MODEL with --source, or --hypothesis, got "
                    + (hypothesis.isPresent() ? "both" : "neither"));
        if (models.isEmpty() != source.isEmpty())
            throw Failure.mistake(
                    "eval: MODEL and --source go together, got only " + (source.isEmpty() ? "MODEL" : "--source"));
        if (curve.isWanted() && (models.isEmpty() || sentenceLevel || confidence || byLength || groups != null))
            throw Failure.mistake("--beams, --search-errors: go with MODEL; not with --confidence, --by-length,"
                    + " --groups and --sentence-level");
        if (models.isEmpty()) requireNoneOfModels();
        curve.requireUsed();
        if (!confidence) translation.search().requireSeedUsed();
        if (output.isPresent() && (models.isEmpty() || curve.isWanted()))
            throw Failure.mistake("--output: goes with MODEL, and without --beams and --search-errors");
        BeamOptions.require(output.filter(Files::isDirectory).isEmpty(), "--output", output.orElse(null),
                "a file, not a folder");
        if (width < 0)
            throw Failure.mistake("--width: " + width + ", expected at least 0");
        if (sentenceLevel && (confidence || byLength || groups != null))
            throw Failure.mistake("--sentence-level: goes with none of --confidence, --by-length and --groups");
        if (sentenceLevel && format == ScoreReport.Format.TEXT && metrics > 1)
            throw Failure.mistake("--sentence-level: one metric in text, got " + metrics
                    + " (--format tsv and json take several)");
    }

    /// @throws Failure  if there is an option of translating, and nothing is translated; a seed may be of confidence
    private void requireNoneOfModels() {
        for (var option : spec.commandLine().getParseResult().matchedOptions())
            for (var mixin : List.of("translation", "ensemble"))
                if (!option.longestName().equals("--seed")
                        && spec.mixins().get(mixin).findOption(option.longestName()) != null)
                    throw Failure.mistake(option.longestName() + ": goes with MODEL");
    }

    private void report(List<String> hypotheses, References lines, Optional<List<String>> labels) throws IOException {
        var report = switch (format) {
            case TEXT -> new TextReport(streams, width, scoreOnly, shortened);
            case JSON -> new JsonReport(streams, width);
            case TSV -> new TsvReport(streams);
        };
        if (sentenceLevel)
            report.sentences(sentences(hypotheses, lines));
        else
            report.corpus(options.metrics().stream().map(metric -> {
                var evaluation = evaluate(metric, hypotheses, lines);
                return labels.map(names -> evaluation.grouped(metric, hypotheses, lines, names)).orElse(evaluation);
            }).toList());
    }

    private Evaluation evaluate(Metric metric, List<String> hypotheses, References lines) {
        var evaluation = confidence
                ? Evaluation.of(metric, hypotheses, lines, bootstrap())
                : Evaluation.of(metric, hypotheses, lines);
        return byLength ? evaluation.byLength(metric, hypotheses, lines) : evaluation;
    }

    private Bootstrap bootstrap() {
        return new Bootstrap(resamples, translation.search().seed().orElse(SignificanceTest.DEFAULT_SEED));
    }

    /// The groups of each line, if they are asked for.
    private Optional<List<String>> labels(List<String> lines) {
        if (groups == null) return Optional.empty();
        var labels = TextFiles.lines(groups);
        TextFiles.requireAsManyLines(groups, labels, scored(), lines);
        return Optional.of(labels);
    }

    private List<List<Evaluation>> sentences(List<String> hypotheses, References lines) {
        var metrics = options.metrics().stream().map(EvalCommand::forSentences).toList();
        var sentences = new ArrayList<List<Evaluation>>();
        for (int i = 0; i < hypotheses.size(); i++) {
            var hypothesis = hypotheses.subList(i, i + 1);
            var reference = new References(lines.lines().subList(i, i + 1));
            sentences.add(metrics.stream().map(metric -> Evaluation.of(metric, hypothesis, reference)).toList());
        }
        return sentences;
    }

    private static Metric forSentences(Metric metric) {
        return metric instanceof Bleu bleu ? bleu.withEffectiveOrder() : metric;
    }
}
