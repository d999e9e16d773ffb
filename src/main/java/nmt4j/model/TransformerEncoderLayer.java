package nmt4j.model;

import nmt4j.nn.FeedForward;
import nmt4j.nn.MultiHeadAttention;
import nmt4j.nn.Residual;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Sentences;

/// One encoder layer (Vaswani et al. 2017, figure 1, left): self-attention, then feed-forward, each in its residual.
record TransformerEncoderLayer(Residual attentionResidual, MultiHeadAttention attention, Residual feedForwardResidual,
        FeedForward feedForward) {

    /// @param stream  of packed sentences [S, H]
    ResidualStream apply(ResidualStream stream, Sentences sentences) {
        stream = attentionResidual.around((x, end) -> attention.apply(x, sentences, end), stream);
        return feedForwardResidual.around(feedForward::apply, stream);
    }
}
