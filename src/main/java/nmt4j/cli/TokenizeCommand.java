package nmt4j.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import nmt4j.model.Side;
import nmt4j.text.LineReader;
import nmt4j.text.TextCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nmt tokenize`: lines in, subwords out, as training and translation see them; or back.
@Command(name = "tokenize", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Cuts lines from stdin into subwords, separated by spaces; with --decode back into lines.%n",
        footer = {"", "What a config does not read from files is learnt from its training corpora first."})
public final class TokenizeCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private TextCodecOptions text;

    @Option(names = "--side", required = true, paramLabel = "SIDE", description = "source or target.")
    private Side side;

    @Option(names = "--decode", description = "Subwords in, lines out.")
    private boolean decode;

    public TokenizeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        var codecs = text.codecs();
        var codec = switch (side) {
            case SOURCE -> codecs.source();
            case TARGET -> codecs.target();
        };
        try (var lines = LineReader.strict(streams.in(), "stdin")) {
            while (lines.advance()) {
                var line = decode ? decoded(codec, lines.line()) : String.join(" ", codec.subwords(lines.line()));
                streams.println(lines.carriageReturn() ? line + "\r" : line);
                if (!lines.isReady())
                    streams.out().flush();
            }
        }
        return 0;
    }

    private static String decoded(TextCodec codec, String line) {
        var subwords = new ArrayList<String>();
        for (var subword : line.split(" "))
            if (!subword.isEmpty())
                subwords.add(subword);
        return codec.tokenizer().decode(subwords);
    }
}
