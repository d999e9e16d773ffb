package nmt4j.model;

import nmt4j.nn.Embedding;
import nmt4j.nn.PositionalEncoding;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// Word vector plus position, dropped out (Gehring et al. 2017, section 3.1; Vaswani et al. 2017, sections 3.4, 3.5 and
/// 5.4).
record PositionalEmbedding(Embedding words, PositionalEncoding positions, float dropout) {
    /// @param positionsOfIds  of each id in its sentence
    /// @return                [T, H]
    Tensor apply(Tape tape, int[] ids, int[] positionsOfIds) {
        return Operations.dropout(positions.add(words.apply(tape, ids), positionsOfIds), dropout);
    }
}
