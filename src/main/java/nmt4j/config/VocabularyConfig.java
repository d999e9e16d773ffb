package nmt4j.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// Which subwords have an id: learnt from the training corpora, or read from two files (which may be one and the same).
public record VocabularyConfig(
        @Key(value = "one vocabulary (and one set of merges) for both sides", initial = "true",
                onlyWith = "source=null") Optional<Boolean> shared,
        @Key(value = "rarer subwords are unknown", initial = "1", in = "[1, ∞)",
                onlyWith = "source=null") OptionalInt minFrequency,
        @Key(value = "the most frequent ones are kept; null: all", initial = "null", in = "[1, ∞)",
                onlyWith = "source=null") OptionalInt maxSize,
        @Key(value = "vocabulary file of the source side, in place of learning it",
                initial = "null") Optional<Path> source,
        @Key(value = "vocabulary file of the target side", initial = "null") Optional<Path> target)
        implements Checked {

    /// Whether both sides use the same ids.
    public boolean isShared() {
        return shared.orElseGet(() -> source.equals(target));
    }

    @Override
    public void check(Rules rules) {
        rules.require(() -> source.isPresent() || target.isEmpty(), "stands without source: give both files, or none",
                "target");
        rules.require(() -> target.isPresent() || source.isEmpty(), "stands without target: give both files, or none",
                "source");
    }
}
