package nmt4j.model;

import nmt4j.nn.CrossAttention;
import nmt4j.nn.FeedForward;
import nmt4j.nn.MultiHeadAttention;
import nmt4j.nn.Residual;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Sentences;

/// One decoder layer (Vaswani et al. 2017, figure 1, right): causal self-attention, attention to the source, feed-forward,
/// each in its residual.
record TransformerDecoderLayer(Residual selfResidual, MultiHeadAttention selfAttention, Residual crossResidual,
        CrossAttention crossAttention, Residual feedForwardResidual, FeedForward feedForward) {

    /// @param stream  of packed target sentences [T, H]
    /// @param source  the encoder's output [S, H]
    ResidualStream apply(ResidualStream stream, Sentences sentences, Encoded source) {
        stream = selfResidual.around((x, end) -> selfAttention.applyCausal(x, sentences, end), stream);
        stream = crossResidual.around(
                (x, end) -> crossAttention.apply(x, sentences, source.states(), source.sentences(), end), stream);
        return feedForwardResidual.around(feedForward::apply, stream);
    }
}
