package nmt4j.tensor;

import java.util.Optional;

/// What a decoder's queries are compared with, and what they get.
///
/// @param keys       [S, A]
/// @param values     [S, H]; may be the keys
/// @param source     where the sentences of keys and values begin
/// @param sentences  for each place of the decoder's steps, its source sentence
/// @param v          [1, A] of additive scores v · tanh(query + key); without it they are query · key
/// @param listener   is shown the weights
public record SourceAttention(Tensor keys, Tensor values, Sentences source, int[] sentences, Optional<Parameter> v,
        Listener listener) {
    /// Is shown the weights of each row of the decoder's steps.
    @FunctionalInterface
    public interface Listener {
        Listener NONE = (row, weights) -> {
        };

        void attended(int row, float[] weights);
    }
}
