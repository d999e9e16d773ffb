package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import nmt4j.Failure;
import nmt4j.model.DurableFile;
import nmt4j.text.BpeTokenizer;
import nmt4j.text.CharacterTokenizer;
import nmt4j.text.RawBpeTokenizer;
import nmt4j.text.TextCodec;
import nmt4j.text.WordTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nmt vocab`: what a config's merges and vocabularies are, learnt or read.
@Command(name = "vocab", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Learns or reads a config's merges and vocabularies; shows them, or writes them to files.%n",
        footer = {"", "Files written with --output can stand in a config: data.tokenizer.codes (one for both sides),",
                "data.vocabulary.source and data.vocabulary.target."})
public final class VocabCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    private final Streams streams;

    @Mixin
    private TextCodecOptions text;

    @Option(names = "--output", paramLabel = "FOLDER",
            description = "Write codes and vocabulary (with separate ones: codes.source, codes.target, ...).")
    private Path output;

    public VocabCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        var codecs = text.codecs();
        if (codecs.source().readsAs(codecs.target())) {
            show("both sides", codecs.source(), "");
        } else {
            show("source", codecs.source(), ".source");
            show("target", codecs.target(), ".target");
        }
        return 0;
    }

    private void show(String side, TextCodec codec, String suffix) throws IOException {
        var description = codec.tokenizer().description();
        var tokens = codec.vocabulary().tokens();
        streams.println(String.format(Locale.ROOT, "%s: %s, %,d merges, vocabulary of %,d", side, description.type(),
                description.merges().size(), tokens.size()));
        streams.println("  first entries: " + String.join(" ", tokens.subList(0, Math.min(SHOWN, tokens.size()))));
        if (!description.merges().isEmpty())
            streams.println("  first merges: " + String.join(", ",
                    description.merges().subList(0, Math.min(SHOWN, description.merges().size()))));
        if (output != null)
            write(codec, suffix);
    }

    private void write(TextCodec codec, String suffix) throws IOException {
        if (Files.exists(output) && !Files.isDirectory(output))
            throw Failure.mistake("--output " + output + ": a file, expected a folder");
        Files.createDirectories(output);
        DurableFile.write(output.resolve("vocabulary" + suffix), codec.vocabulary().lines());
        var codes = output.resolve("codes" + suffix);
        switch (codec.tokenizer()) {
            case BpeTokenizer bpe -> DurableFile.write(codes, bpe.codes());
            case RawBpeTokenizer rawBpe -> DurableFile.write(codes, rawBpe.codes());
            case WordTokenizer _,CharacterTokenizer _ -> {
            }
        }
    }
}
