package nmt4j.model;

import java.util.List;
import java.util.Optional;
import nmt4j.nn.RecurrentStack;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.SourceAttention;
import nmt4j.tensor.Tensor;
import nmt4j.tensor.TimeSteps;

/// What the steps of a recurrent decoder see of the source, and how they come to an output: where one recurrent decoder
/// differs from another.
interface DecoderContext {
    /// The decoder's layers.
    RecurrentStack layers();

    /// Columns of what one step hands to the next besides the layers' states; 0 for nothing.
    int fedSize();

    /// What is computed once for all steps.
    OfSource of(Encoded encoded);

    /// A context for certain source sentences.
    interface OfSource {
        Result run(Steps steps);
    }

    /// Steps to be taken: those of whole sentences, or one.
    ///
    /// @param embedded   target words, laid out as `layout` [T, E]
    /// @param sentences  for each place of the layout, its source sentence
    /// @param start      of each layer [places, parts · H]; 0 if empty
    /// @param fed        what the step before handed on [places, F]; 0 if empty
    record Steps(Tensor embedded, TimeSteps layout, int[] sentences, List<Optional<Tensor>> start, Optional<Tensor> fed,
            SourceAttention.Listener listener) {
        /// The source sentence of each row.
        int[] sentenceOfRow() {
            var rows = layout.placeOfRow();
            for (int row = 0; row < rows.length; row++) rows[row] = sentences[rows[row]];
            return rows;
        }
    }

    /// @param readout  for the output layer [T, F]
    /// @param states   of each layer
    /// @param fed      what each step hands on, if anything
    record Result(Tensor readout, List<List<Sequence>> states, Optional<Sequence> fed) {}
}
