package nmt4j.model;

import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// Where the decoder is in some translations that it writes side by side, one a row; they may have begun at different
/// steps. A state is not changed by a step or a
/// selection: both make a new one, which shares what it can.
public interface DecoderState {
    /// Number of translations under way.
    int rows();

    /// Reads one token a row: `<s>` first, then what was chosen.
    ///
    /// @param tape       where the result lives; another than the one of the encoded source, and begun anew by its owner
    /// @param tokens     [rows]
    /// @param attention  is shown where each row looked in the source
    Step step(Tape tape, int[] tokens, AttentionListener attention);

    /// The state of those rows, in that order; a row may come more than once, or not at all.
    DecoderState select(int[] rows);

    /// The state of this one's rows and, below them, of another's of the same decoder. It shares nothing with them: what
    /// their rows need is copied, so that their tapes may begin anew.
    ///
    /// @param keep  where the state lives; another tape than those of both
    DecoderState join(DecoderState other, Tape keep);

    /// @param output  [rows, H], for the output layer
    /// @param state   after the token
    record Step(Tensor output, DecoderState state) {}
}
