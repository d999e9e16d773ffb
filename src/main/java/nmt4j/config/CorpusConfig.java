package nmt4j.config;

import java.nio.file.Path;

/// Two aligned files, one sentence a line, plain or .gz; relative to the working folder.
public record CorpusConfig(@Key("source side") Path source, @Key("target side") Path target) {}
