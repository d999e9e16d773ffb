package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import nmt4j.Failure;
import nmt4j.decoding.Alignments;
import nmt4j.decoding.AttentionHeads;
import nmt4j.decoding.DecoderAttention;
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
                "By a model's attention, in forced decoding; with --gold, the alignment error rate is told instead."
                        + " A pair with more than 10,000 subwords on a side has no links.%n"})
public final class AlignCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private ModelOptions models;

    @Mixin
    private PairFileOptions files;

    @Option(names = "--gold", paramLabel = "FILE",
            description = "Links as they should be: i-j from 0, i?j if only possible; a line for each pair.")
    private Optional<Path> gold = Optional.empty();

    @Option(names = "--by-head", description = "With --gold: the error rate of each layer and head.")
    private boolean byHead;

    @Mixin
    private AttentionLayerOption layer;

    @Option(names = "--attention-head", paramLabel = "N", defaultValue = "0",
            description = "The head whose attention counts, from 1 (default: the mean of all).")
    private int head;

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
        require(head >= 0, "--attention-head", head, "at least 1, or 0 for all");
        var linking = alignment.linking().orElse(new Linking.Hard());
        if (gold.isPresent() && linking instanceof Linking.Soft)
            throw Failure.mistake("--alignment: soft links have no error rate, expected hard or a number");
        if (byHead && gold.isEmpty()) throw Failure.mistake("--by-head: expected --gold, whose error rate it tells");
        var heads = new AttentionHeads(layer.layer(), head);
        if (byHead && !heads.equals(AttentionHeads.ALL))
            throw Failure.mistake("--by-head: tells of all layers and heads, expected no --attention-layer and no"
                    + " --attention-head");
        try (var loaded = models.load()) {
            DecoderAttention.require(loaded.ensemble(), heads);
            if (byHead) tellByHead(loaded, linking);
            else if (gold.isPresent()) tell(errorRate(loaded, linking, heads));
            else align(loaded, linking, heads, links -> links + "\n");
        }
        return 0;
    }

    /// @param written  what is written of a pair's links
    private void align(EnsembleOptions.Loaded loaded, Linking linking, AttentionHeads heads,
            UnaryOperator<String> written) throws IOException {
        var settings = new Settings(loaded.decoding(), Stopping.BOUNDED, 0, heads, 0, Wording.FREE);
        var options = new Translator.Options(threads.count(), Translator.Options.BATCH_TOKENS, Integer.MAX_VALUE,
                new Alignments(Optional.of(linking), attentionOf.moment(), Alignments.Unknown.KEPT));
        try (var pairs = new PairFiles(files.source(), files.target()); var translator =
                new Translator(loaded.ensemble(), Search.forcedWithAttention(settings), options)) {
            var sink = new TranslationOutput(streams.out(), (translation, _) -> written.apply(
                    translation.candidates().getFirst().alignment().map(Link::join).orElse("")), streams, _ -> {
                    });
            translator.translate(pairs::next, sink);
            if (sink.failed() > 0) throw Failure.check(String.format(Locale.ROOT,
                    "%,d lines have no alignment, see above", sink.failed()));
        }
    }

    private AlignmentErrorRate errorRate(EnsembleOptions.Loaded loaded, Linking linking, AttentionHeads heads)
            throws IOException {
        var links = new ArrayList<String>();
        align(loaded, linking, heads, line -> {
            links.add(line);
            return "";
        });
        return AlignmentErrorRate.of(links, TextFiles.wholeLines(gold.orElseThrow()));
    }

    private void tell(AlignmentErrorRate score) throws IOException {
        streams.println(String.format(Locale.ROOT, "AER = %.2f (precision %.2f, recall %.2f; %,d links, %,d sure)",
                100 * score.rate(), 100 * score.precision(), 100 * score.recall(), score.links(), score.sure()));
    }

    /// A row a layer, a column a head; behind them and below them the means over their attention.
    private void tellByHead(EnsembleOptions.Loaded loaded, Linking linking) throws IOException {
        var there = DecoderAttention.read(loaded.ensemble(), List.of(""), List.of("")).getFirst().heads().keySet();
        int layers = there.stream().mapToInt(AttentionHeads::layer).max().orElse(0);
        int heads = there.stream().mapToInt(AttentionHeads::head).max().orElse(0);
        var rows = new ArrayList<List<String>>();
        var first = new ArrayList<>(List.of("AER"));
        for (int h = 1; h <= heads; h++) first.add("head " + h);
        first.add("mean");
        rows.add(first);
        for (int l = 1; l <= layers; l++) {
            var row = new ArrayList<>(List.of("layer " + l));
            for (int h = 1; h <= heads; h++) row.add(percent(loaded, linking, new AttentionHeads(l, h)));
            row.add(percent(loaded, linking, new AttentionHeads(l, 0)));
            rows.add(row);
        }
        var last = new ArrayList<>(List.of("mean"));
        for (int h = 1; h <= heads; h++) last.add("");
        last.add(percent(loaded, linking, AttentionHeads.ALL));
        rows.add(last);
        for (var line : TextTable.lines(rows)) streams.println(line);
    }

    private String percent(EnsembleOptions.Loaded loaded, Linking linking, AttentionHeads heads) throws IOException {
        return String.format(Locale.ROOT, "%.2f", 100 * errorRate(loaded, linking, heads).rate());
    }
}
