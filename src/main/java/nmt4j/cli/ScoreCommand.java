package nmt4j.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.decoding.DecoderAttention;
import nmt4j.decoding.Request;
import nmt4j.decoding.Search;
import nmt4j.decoding.Settings;
import nmt4j.decoding.Settings.Wording;
import nmt4j.decoding.Stopping;
import nmt4j.decoding.TranslationFormat;
import nmt4j.decoding.Translator;
import nmt4j.text.LineReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nmt score`: what models say of translations that are known.
@Command(name = "score", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Tells how likely given translations are, by forced decoding.%n",
                "The numbers are, to the last bit, those that translate gives the same subwords; sums and perplexities are"
                        + " told on stderr. A pair with more than 10,000 subwords on a side has none.%n"})
public final class ScoreCommand implements Callable<Integer> {
    private enum Format { TEXT, TSV, JSONL }

    private final Streams streams;
    private final ScoreTotals totals = new ScoreTotals();
    private final Queue<NBestLine> waiting = new ConcurrentLinkedQueue<>();

    @Mixin
    private ModelOptions models;

    @Mixin
    private PairFileOptions files;

    @Option(names = "--subwords",
            description = "The target is subwords, separated by blanks, as translate chose them (its jsonl has them); "
                    + "else text, which is cut into subwords as training text is.")
    private boolean subwords;

    @Option(names = "--n-best",
            description = "The target is an n-best list in Moses's format; it is written again with a "
                    + "feature more, and the score last.")
    private boolean nBest;

    @Option(names = "--feature", paramLabel = "NAME", defaultValue = "LogProbability",
            description = "With --n-best: the feature's name; one of that name is replaced (default: LogProbability).")
    private String feature;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text (the log-probability alone), tsv (also score, subwords, words, perplexities) or "
                    + "jsonl (also of each subword and word) (default: text).")
    private Format format;

    @Option(names = "--summary", description = "Print only what is else told on stderr.")
    private boolean summary;

    @Mixin
    private BatchTokensOption batch;

    @Mixin
    private LengthPenaltyOption penalty;

    @Mixin
    private CoverageOptions coverage;

    @Mixin
    private Threads threads;

    public ScoreCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (nBest && format != Format.TEXT)
            throw Failure.mistake("--n-best: writes a list in Moses's format, got --format " + format);
        long failed;
        try (var loaded = models.load()) {
            var settings = settings(loaded.decoding());
            if (settings.coverage() != 0) DecoderAttention.require(loaded.ensemble(), settings.attention());
            var options = new Translator.Options(threads.count(), batch.tokens(), Integer.MAX_VALUE);
            try (var translator = new Translator(loaded.ensemble(), Search.forced(settings), options)) {
                failed = nBest ? scoreList(translator) : scorePairs(translator, format(loaded));
            }
        }
        if (summary) streams.println(totals.toString());
        else streams.err().println("nmt: " + totals);
        if (failed == 0) return 0;
        throw Failure.check(String.format(Locale.ROOT, "%,d lines have no score, see above", failed));
    }

    private Settings settings(DecodingConfig config) {
        var penalized = new DecodingConfig(config.beamSize(), penalty.of(config), config.maxLength());
        return new Settings(penalized, Stopping.BOUNDED, coverage.penalty(), coverage.attention(), 0, Wording.FREE);
    }

    private long scorePairs(Translator translator, TranslationFormat format) throws IOException {
        if (format == ScoreFormat.TSV && !summary) streams.println(ScoreFormat.TSV_HEADER);
        try (var pairs = new PairFiles(files.source(), files.target(), this::known)) {
            return score(translator, pairs::next, format);
        }
    }

    private Request.Known known(String line) {
        return subwords ? Request.Known.subwords(line) : Request.Known.text(line);
    }

    private long scoreList(Translator translator) throws IOException {
        var sources = TextFiles.wholeLines(files.source());
        try (var targets = LineReader.strict(files.target())) {
            return score(translator, () -> next(sources, targets), (translation, _) -> {
                var candidate = translation.candidates().getFirst();
                var line = waiting.remove();
                return translation.failure().isPresent() ? line.withNone(feature)
                        : line.with(feature, candidate.logProbability(), candidate.score());
            });
        }
    }

    private Optional<Request> next(List<String> sources, LineReader targets) {
        if (!targets.advance()) return Optional.empty();
        var line = NBestLine.parse(targets.line(), files.target(), targets.number());
        if (line.source() >= sources.size())
            throw Failure.mistake(files.target() + ": line " + targets.number() + ": source "
                    + line.source() + ", but " + files.source() + " has " + sources.size()
                    + " lines, the first numbered 0");
        waiting.add(line);
        return Optional.of(Request.forced(targets.number(), sources.get(line.source()), known(line.text())));
    }

    private long score(Translator translator, Request.Source pairs, TranslationFormat format) throws IOException {
        var counted = (TranslationFormat) (translation, carriageReturn) -> {
            if (translation.failure().isEmpty()) totals.add(translation.candidates().getFirst());
            var written = format.write(translation, carriageReturn);
            return summary ? "" : written;
        };
        var sink = new TranslationOutput(streams.out(), counted, streams, _ -> {
        });
        translator.translate(pairs, sink);
        return sink.failed();
    }

    private TranslationFormat format(EnsembleOptions.Loaded loaded) {
        return switch (format) {
            case TEXT -> ScoreFormat.TEXT;
            case TSV -> ScoreFormat.TSV;
            case JSONL -> ScoreFormat.jsonLines(loaded.target());
        };
    }
}
