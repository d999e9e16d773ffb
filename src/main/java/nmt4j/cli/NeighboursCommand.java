package nmt4j.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.diagnostics.WordVectors;
import nmt4j.model.DurableFile;
import nmt4j.model.Side;
import nmt4j.report.WordMap;
import nmt4j.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nmt neighbours`: what a model takes for similar.
@Command(name = "neighbours", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Lists the words whose vectors are nearest to a word's, by cosine.%n")
public final class NeighboursCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "MODEL",
            description = "A model file, or the folder of a run (then its best model).")
    private Path model;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORD", description = "Words or subwords.")
    private List<String> words = List.of();

    @Option(names = "--side", paramLabel = "SIDE", defaultValue = "source",
            description = "source or target (default: source).")
    private Side side;

    @Option(names = "--count", paramLabel = "N", defaultValue = "10",
            description = "Neighbours of each word (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--save", paramLabel = "FILE", description = "Write all vectors in word2vec's text format.")
    private Optional<Path> save = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with a map of the first words.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--map-words", paramLabel = "N", defaultValue = "200",
            description = "Words on the map (default: ${DEFAULT-VALUE}).")
    private int mapped;

    public NeighboursCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        BeamOptions.require(count >= 1, "--count", count, "at least 1");
        BeamOptions.require(mapped >= 1, "--map-words", mapped, "at least 1");
        if (words.isEmpty() && save.isEmpty() && html.isEmpty())
            throw Failure.mistake("neighbours: expected a WORD, --save or --html");
        try (var loaded = Natives.loadWith(model, Optional.of(Precision.FLOAT32))) {
            var vectors = WordVectors.of(loaded, side);
            for (var word : words) {
                if (words.size() > 1) streams.println(word);
                for (var n : vectors.nearest(word, count))
                    streams.println(String.format(Locale.ROOT, "%.3f  %s", n.similarity(), n.word()));
            }
            if (save.isPresent()) save(vectors, save.get());
            if (html.isPresent()) DurableFile.write(html.get(), WordMap.page("Words of " + model, vectors.map(mapped)
                    .stream().map(p -> new WordMap.Point(p.word(), p.x(), p.y())).toList()));
        }
        return 0;
    }

    private static void save(WordVectors vectors, Path file) {
        var text = new StringWriter();
        vectors.write(text);
        DurableFile.write(file, text.toString());
    }
}
