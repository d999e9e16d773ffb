package nmt4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import nmt4j.config.CorpusConfig;
import nmt4j.config.DataConfig;
import nmt4j.config.TokenizerConfig;
import nmt4j.config.VocabularyConfig;
import nmt4j.text.BpeTokenizer;
import nmt4j.text.TextCodec;
import nmt4j.text.Tokenizer;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordTokenizer;

/// Corpora of a test's own making, in its own folder.
record TinyCorpus(Path folder, List<CorpusConfig> files) {
    static TinyCorpus in(Path folder) {
        return new TinyCorpus(folder, List.of());
    }

    /// With one more pair of files.
    TinyCorpus with(List<String> source, List<String> target) {
        return with(String.join("\n", source) + "\n", String.join("\n", target) + "\n");
    }

    TinyCorpus with(String source, String target) {
        try {
            var pair = new CorpusConfig(folder.resolve(files.size() + ".de"), folder.resolve(files.size() + ".en"));
            Files.writeString(pair.source(), source);
            Files.writeString(pair.target(), target);
            var more = new ArrayList<>(files);
            more.add(pair);
            return new TinyCorpus(folder, more);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// With pairs of random lengths from 1 to 30, the sides alike; source line i begins with the word `i`.
    TinyCorpus withRandom(int pairs, long seed) {
        var random = new Random(seed);
        var source = new ArrayList<String>();
        var target = new ArrayList<String>();
        for (int i = 0; i < pairs; i++) {
            int length = 1 + random.nextInt(30);
            source.add(i + " w".repeat(length - 1));
            target.add(("v ".repeat(1 + Math.max(0, length - 3 + random.nextInt(5)))).strip());
        }
        return with(source, target);
    }

    Corpus read() {
        return read(100);
    }

    Corpus read(int maxLength) {
        return read(maxLength, new WordTokenizer(), new TokenizerConfig.Word());
    }

    /// With BPE of this many merges and this dropout.
    Corpus readBpe(int merges, double dropout) {
        var config = new TokenizerConfig.Bpe(OptionalInt.of(merges), Optional.empty(), dropout);
        return read(40, BpeTokenizer.learn(lines(), merges), config);
    }

    private Corpus read(int maxLength, Tokenizer tokenizer, TokenizerConfig config) {
        var codec = codec(tokenizer);
        var vocabulary = new VocabularyConfig(Optional.of(true), OptionalInt.of(1), OptionalInt.empty(),
                Optional.empty(), Optional.empty());
        var data = new DataConfig(files, Optional.empty(), maxLength, false, config, vocabulary);
        return Corpus.read(data, codec, codec, folder.resolve("cache"));
    }

    /// Knows every subword of the corpus with and without dropout, but not the word `unseen`.
    TextCodec codec(Tokenizer tokenizer) {
        var subwords = new TreeSet<String>();
        for (var line : lines()) {
            subwords.addAll(tokenizer.encode(line));
            subwords.addAll(tokenizer.encode(line, 1, 0));
            for (int key = 0; key < 20; key++) subwords.addAll(tokenizer.encode(line, 0.5, key));
        }
        subwords.remove("unseen");
        var tokens = new ArrayList<>(Vocabulary.SPECIALS);
        tokens.addAll(subwords);
        return new TextCodec(tokenizer, Vocabulary.of(tokens), false);
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        for (var pair : files) {
            lines.addAll(lines(pair.source()));
            lines.addAll(lines(pair.target()));
        }
        return lines;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
