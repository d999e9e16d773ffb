package nmt4j.model;

import nmt4j.data.PackedSentences;
import nmt4j.tensor.Tape;

/// Reads source sentences.
public interface Encoder {
    /// @param source  packed ids, each sentence ending with `</s>`
    Encoded encode(Tape tape, PackedSentences source);
}
