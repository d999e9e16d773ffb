package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.config.CorpusConfig;
import nmt4j.lexicon.IbmModel1;
import nmt4j.lexicon.IdPairs;
import nmt4j.lexicon.Shortlist;
import nmt4j.lexicon.ShortlistFile;
import nmt4j.model.DurableFile;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt shortlist`: which target words a source word may become.
@Command(name = "shortlist", mixinStandardHelpOptions = true, sortOptions = false,
        description = {
                "Learns a lexical shortlist from the corpus that a model was trained on: for each source subword",
                "the target subwords that it may become, by IBM model 1. With --shortlist, other commands look at those",
                "of a sentence's own words alone, which is faster.%n"})
public final class ShortlistCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "MODEL", description = "A model file, or the folder of a run (then its best model).")
    private Path model;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The shortlist, text.")
    private Path output;

    @Option(names = "--source", paramLabel = "FILE",
            description = "With --target: another corpus than the model's config names.")
    private Optional<Path> source = Optional.empty();

    @Option(names = "--target", paramLabel = "FILE", description = "Its translations, line by line.")
    private Optional<Path> target = Optional.empty();

    @Option(names = "--best", paramLabel = "K", defaultValue = "100",
            description = "The most target subwords of a source subword (default: ${DEFAULT-VALUE}).")
    private int best;

    @Option(names = "--frequent", paramLabel = "N", defaultValue = "200",
            description = "The most frequent target subwords, for every sentence (default: ${DEFAULT-VALUE}).")
    private int frequent;

    @Option(names = "--least", paramLabel = "P", defaultValue = "0.0003",
            description = "The least probability of a target subword given the source subword (default: "
                    + "${DEFAULT-VALUE}).")
    private double least;

    @Option(names = "--iterations", paramLabel = "N", defaultValue = "5",
            description = "Of expectation and maximisation (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "1000000",
            description = "The most sentence pairs, the first of the corpus (default: ${DEFAULT-VALUE}).")
    private int most;

    public ShortlistCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        VectorModule.load();
        try (var described = ModelFile.describe(model)) {
            var pairs = read(described);
            var from = described.source().vocabulary();
            var to = described.target().vocabulary();
            var lexicon = IbmModel1.learn(pairs, from.size(), to.size(), iterations);
            var shortlist = Shortlist.of(lexicon, pairs, from.size(), to.size(),
                    new Shortlist.Size(best, frequent, least));
            DurableFile.write(output, ShortlistFile.write(shortlist, from, to));
            var fit = shortlist.fit(pairs);
            streams.println(String.format(Locale.ROOT,
                    "%,d pairs: %.1f of %,d target subwords for a sentence (%.1f %%), "
                            + "%.2f %% of its translation's among them",
                    pairs.size(), fit.kept(), to.size(),
                    100 * fit.kept() / to.size(), 100 * fit.covered()));
        }
        return 0;
    }

    private void requireSense() {
        require(best >= 0, "--best", best, "at least 0");
        require(frequent >= 0, "--frequent", frequent, "at least 0");
        require(least >= 0 && least <= 1, "--least", least, "0 to 1");
        require(iterations >= 1, "--iterations", iterations, "at least 1");
        require(most >= 1, "--pairs", most, "at least 1");
        if (source.isPresent() != target.isPresent())
            throw Failure.mistake("--source and --target go together");
    }

    private IdPairs read(LoadedModel described) {
        var pairs = new IdPairs();
        for (var corpus : corpora(described)) read(corpus, described, pairs);
        if (pairs.size() == 0) throw Failure.mistake("shortlist: no pair of at most "
                + described.config().data().maxLength() + " subwords a side in the corpus");
        return pairs;
    }

    private List<CorpusConfig> corpora(LoadedModel described) {
        return source.isPresent() ? List.of(new CorpusConfig(source.get(), target.orElseThrow()))
                : described.config().data().train();
    }

    private void read(CorpusConfig corpus, LoadedModel described, IdPairs pairs) {
        int longest = described.config().data().maxLength();
        try (var lines = new PairFiles(corpus.source(), corpus.target())) {
            for (var pair = lines.next(); pair.isPresent() && pairs.size() < most; pair = lines.next()) {
                var from = described.source().encode(pair.get().source());
                var to = pair.get().target().orElseThrow().ids(described.target());
                if (Math.min(from.length, to.length) > 0 && Math.max(from.length, to.length) <= longest)
                    pairs.add(from, to);
            }
        }
    }
}
