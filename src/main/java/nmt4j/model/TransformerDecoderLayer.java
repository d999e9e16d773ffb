package nmt4j.model;

import nmt4j.nn.CrossAttention;
import nmt4j.nn.FeedForward;
import nmt4j.nn.MultiHeadAttention;
import nmt4j.nn.Residual;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tensor;

/// One decoder layer (Vaswani et al. 2017, figure 1, right): causal self-attention, attention to the source, feed-forward,
/// each in its residual.
record TransformerDecoderLayer(Residual selfResidual, MultiHeadAttention selfAttention, Residual crossResidual,
        CrossAttention crossAttention, Residual feedForwardResidual, FeedForward feedForward) {

    /// @param x       packed target sentences [T, H]
    /// @param source  the encoder's output [S, H]
    /// @return        [T, H]
    Tensor apply(Tensor x, Sentences sentences, Encoded source) {
        x = selfResidual.around(y -> selfAttention.applyCausal(y, sentences), x);                               // [T, H]
        x = crossResidual.around(y -> crossAttention.apply(y, sentences, source.states(), source.sentences()), x); // [T, H]
        return feedForwardResidual.around(feedForward::apply, x);                                               // [T, H]
    }
}
