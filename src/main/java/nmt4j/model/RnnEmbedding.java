package nmt4j.model;

import nmt4j.nn.Embedding;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;

/// Word vectors, of which whole words and single units are dropped out.
record RnnEmbedding(Embedding words, float wordDropout, float dropout) {
    /// @return  [T, E]
    Tensor apply(Tape tape, int[] ids) {
        return Operations.dropout(Rows.dropout(words.apply(tape, ids), wordDropout), dropout);
    }
}
