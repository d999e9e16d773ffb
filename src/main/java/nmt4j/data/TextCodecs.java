package nmt4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import nmt4j.config.CorpusConfig;
import nmt4j.config.DataConfig;
import nmt4j.config.TokenizerConfig;
import nmt4j.text.BpeTokenizer;
import nmt4j.text.CharacterTokenizer;
import nmt4j.text.Lines;
import nmt4j.text.RawBpeTokenizer;
import nmt4j.text.TextCodec;
import nmt4j.text.TokenCounts;
import nmt4j.text.Tokenizer;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordTokenizer;

/// How the text of both sides becomes ids, as a config says; what it does not name as a file is learnt from
/// `data.train`. With a shared vocabulary both sides are the same.
public record TextCodecs(TextCodec source, TextCodec target) {
    /// Reads and learns what the config says. The corpora are read as streams, once to learn merges and once to count.
    ///
    /// @throws nmt4j.Failure with file and line if a file is missing, is not UTF-8, or holds something else
    public static TextCodecs of(DataConfig data) {
        var sources = files(data, CorpusConfig::source);
        var targets = files(data, CorpusConfig::target);
        if (!data.vocabulary().isShared())
            return new TextCodecs(codec(data, sources, data.vocabulary().source().map(List::of).orElse(List.of())),
                    codec(data, targets, data.vocabulary().target().map(List::of).orElse(List.of())));
        var both = new ArrayList<>(sources);
        both.addAll(targets);
        var codec = codec(data, both, data.vocabulary().source().map(List::of).orElse(List.of()));
        return new TextCodecs(codec, codec);
    }

    private static List<Path> files(DataConfig data, Function<CorpusConfig, Path> side) {
        return data.train().stream().map(side).toList();
    }

    private static TextCodec codec(DataConfig data, List<Path> corpora, List<Path> vocabulary) {
        var lines =
                learnable(new Lines(corpora), data.lowercase() ? line -> line.toLowerCase(Locale.ROOT) : line -> line);
        var tokenizer = tokenizer(data.tokenizer(), lines);
        var known = vocabulary.isEmpty() ? count(data, tokenizer, lines) : Vocabulary.read(vocabulary.getFirst());
        return new TextCodec(tokenizer, known, data.lowercase());
    }

    /// The lines but for monsters, which training leaves out too.
    private static Iterable<String> learnable(Iterable<String> lines, UnaryOperator<String> cased) {
        return () -> {
            var iterator = lines.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return iterator.hasNext();
                }

                @Override
                public String next() {
                    var line = iterator.next();
                    return line.length() > CorpusReader.LONGEST_LINE ? "" : cased.apply(line);
                }
            };
        };
    }

    private static Tokenizer tokenizer(TokenizerConfig config, Iterable<String> lines) {
        return switch (config) {
            case TokenizerConfig.Word() -> new WordTokenizer();
            case TokenizerConfig.Char() -> new CharacterTokenizer();
            case TokenizerConfig.Bpe(var merges, var codes, _) -> codes.isPresent()
                    ? BpeTokenizer.read(codes.get()) : BpeTokenizer.learn(lines, merges.orElseThrow());
            case TokenizerConfig.RawBpe(var merges, var codes, _) -> codes.isPresent()
                    ? RawBpeTokenizer.read(codes.get()) : RawBpeTokenizer.learn(lines, merges.orElseThrow());
        };
    }

    /// The vocabulary of these lines. With BPE-dropout it also has what dropout made of each line once, and the
    /// characters: these are what training will meet.
    private static Vocabulary count(DataConfig data, Tokenizer tokenizer, Iterable<String> lines) {
        double dropout = data.tokenizer().dropout();
        var counts = new TokenCounts();
        long key = 0;
        for (var line : lines) {
            counts.addAll(tokenizer.encode(line));
            if (dropout > 0) {
                counts.addAll(tokenizer.encode(line, dropout, key++));
                counts.addAll(tokenizer.encode(line, 1, 0));
            }
        }
        var config = data.vocabulary();
        return counts.vocabulary(tokenizer.alphabet(), config.minFrequency().orElse(1),
                config.maxSize().orElse(Integer.MAX_VALUE));
    }
}
