package nmt4j.report;

import java.util.List;
import java.util.Optional;

/// All that the page tells of one run.
///
/// @param texts      the validation set in the best model's translation, if that is kept
/// @param attention  of some sentences, by the best model
/// @param data       of the corpora
/// @param origin     environment, versions, hashes, the command
public record Chapter(Run run, Optional<Texts> texts, List<AttentionPicture> attention, List<Fact> data,
        List<Fact> origin) {
    /// @param value  text
    public record Fact(String name, String value) {}
}
