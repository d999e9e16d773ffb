package nmt4j.model;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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

    /// The same for a loss: hands on what `decode` gives in one piece or, where the tape cuts the gradient, in several, each of
    /// which has gone backward before the next is computed.
    ///
    /// @param criterion  takes the loss of a piece, and leaves the gradient of its states
    default void decode(Tape tape, Encoded encoded, PackedSentences targetInput, Consumer<Outputs> criterion) {
        var all = IntStream.range(0, targetInput.numTokens()).toArray();
        criterion.accept(new Outputs(decode(tape, encoded, targetInput), all));
    }

    /// What the output layer turns into logits.
    ///
    /// @param states  row i predicts what follows token `rows[i]` of the target input [n, H]
    record Outputs(Tensor states, int[] rows) {
        /// An element for each row, of what the packed batch has for it.
        int[] arrange(int[] packed) {
            return Arrays.stream(rows).map(row -> packed[row]).toArray();
        }
    }

    /// `decode`, with what is computed of its weights alone computed once: for many small inputs.
    ///
    /// @param keep  where that lives
    default Decoder made(Tape keep) {
        return this;
    }

    /// The state before the first step, with one row for each source sentence. What states keep from step to step lives on
    /// the tape of `encoded`.
    DecoderState start(Encoded encoded);
}
