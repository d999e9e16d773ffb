package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.AttentionLayer;
import nmt4j.decoding.Link;
import nmt4j.decoding.Linking;
import nmt4j.decoding.Search;
import nmt4j.decoding.Settings;
import nmt4j.decoding.Settings.Wording;
import nmt4j.decoding.Stopping;
import nmt4j.decoding.Translator;
import nmt4j.evaluation.AlignmentErrorRate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nmt align`: which words of given translations belong to which source words.
@Command(name = "align", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Aligns the words of given translations with those of their sources.%n",
                "By a model's attention, in forced decoding; with --gold, the alignment error rate is told instead.%n"})
public final class AlignCommand implements Callable<Integer> {
    private final Streams streams;
    private final List<String> links = new ArrayList<>();

    @Mixin
    private ModelOptions models;

    @Option(names = "--source", required = true, paramLabel = "FILE", description = "Sources, a line each, .gz too.")
    private Path source;

    @Option(names = "--target", required = true, paramLabel = "FILE", description = "Their translations, a line each.")
    private Path target;

    @Option(names = "--gold", paramLabel = "FILE",
            description = "Links as they should be: i-j from 0, i?j if only possible; a line for each pair.")
    private Optional<Path> gold = Optional.empty();

    @Option(names = "--attention-layer", paramLabel = "N", defaultValue = "0",
            description = "The decoder layer whose attention counts, from 1 (default: the mean of all).")
    private int layer;

    @Mixin
    private AlignmentOption alignment;

    @Mixin
    private AttentionOfOption attentionOf;

    @Mixin
    private Threads threads;

    public AlignCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        require(layer >= 0, "--attention-layer", layer, "at least 1, or 0 for all");
        var linking = alignment.linking().orElse(new Linking.Hard());
        if (gold.isPresent() && linking instanceof Linking.Soft)
            throw Failure.mistake("--alignment: soft links have no error rate, expected hard or a number");
        long failed;
        try (var loaded = models.load(); var pairs = new PairFiles(source, target)) {
            var settings = new Settings(loaded.decoding(), Stopping.BOUNDED, 0, new AttentionLayer(layer), 0,
                    Wording.FREE);
            var options = new Translator.Options(threads.count(), Translator.Options.BATCH_TOKENS, Integer.MAX_VALUE,
                    new Alignments(Optional.of(linking), attentionOf.moment(), Alignments.Unknown.KEPT));
            try (var translator =
                    new Translator(loaded.ensemble(), Search.forcedWithAttention(settings), options)) {
                failed = align(translator, pairs);
            }
        }
        if (gold.isPresent()) tell(AlignmentErrorRate.of(links, TextFiles.wholeLines(gold.get())));
        if (failed == 0) return 0;
        throw Failure.check(String.format(Locale.ROOT, "%,d lines have no alignment, see above", failed));
    }

    private long align(Translator translator, PairFiles pairs) throws IOException {
        var sink = new TranslationOutput(streams.out(), (translation, _) -> {
            var line = translation.candidates().getFirst().alignment().map(Link::join).orElse("");
            if (gold.isEmpty()) return line + "\n";
            links.add(line);
            return "";
        }, streams, _ -> {
        });
        translator.translate(pairs::next, sink);
        return sink.failed();
    }

    private void tell(AlignmentErrorRate score) throws IOException {
        streams.println(String.format(Locale.ROOT, "AER = %.2f (precision %.2f, recall %.2f; %,d links, %,d sure)",
                100 * score.rate(), 100 * score.precision(), 100 * score.recall(), score.links(), score.sure()));
    }
}
