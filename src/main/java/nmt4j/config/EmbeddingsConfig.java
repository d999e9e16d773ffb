package nmt4j.config;

import java.nio.file.Path;

/// Word vectors to start from, in place of random ones.
public record EmbeddingsConfig(
        @Key("a vector a line, in word2vec's text format, plain or .gz") Path file,
        @Key(value = "the whole table is left as it is", initial = "false") boolean freeze) {}
