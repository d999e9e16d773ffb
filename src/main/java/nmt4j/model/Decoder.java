package nmt4j.model;

import nmt4j.data.PackedSentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// Predicts target tokens from an encoded source and the target tokens before: all at once when they are known, or step by
/// step. Both give what the output layer turns into logits.
public interface Decoder {
    /// Teacher forcing: row t of the result predicts what follows token t of `targetInput`.
    ///
    /// @param targetInput  packed ids, each sentence beginning with `<s>`; as many sentences as in `encoded`
    /// @return             [T, H]
    Tensor decode(Tape tape, Encoded encoded, PackedSentences targetInput);

    /// The same, with what is computed of its weights alone computed once: for many small inputs.
    ///
    /// @param keep  where that lives
    default Decoder made(Tape keep) {
        return this;
    }

    /// The state before the first step, with one row for each source sentence. What states keep from step to step lives on
    /// the tape of `encoded`.
    DecoderState start(Encoded encoded);
}
