package nmt4j.model;

import java.util.List;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tensor;

/// What an encoder made of source sentences.
///
/// @param states     [S, H], one row a source token; no row where backpropagation is truncated and the decoder looks at the
///                   last ones only
/// @param sentences  where each sentence's rows begin
/// @param last       per layer, what a recurrent encoder ended with, [B, H]; none in other families
/// @param keys       [S, H], what a convolutional decoder compares with to find states; in other families the states
public record Encoded(Tensor states, Sentences sentences, List<Tensor> last, Tensor keys) {
    public Encoded(Tensor states, Sentences sentences, List<Tensor> last) {
        this(states, sentences, last, states);
    }

    public Encoded(Tensor states, Sentences sentences) {
        this(states, sentences, List.of());
    }
}
