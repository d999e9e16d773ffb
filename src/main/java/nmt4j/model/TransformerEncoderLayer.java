package nmt4j.model;

import nmt4j.nn.FeedForward;
import nmt4j.nn.MultiHeadAttention;
import nmt4j.nn.Residual;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tensor;

/// One encoder layer (Vaswani et al. 2017, figure 1, left): self-attention, then feed-forward, each in its residual.
record TransformerEncoderLayer(Residual attentionResidual, MultiHeadAttention attention, Residual feedForwardResidual,
        FeedForward feedForward) {

    /// @param x  packed sentences [S, H]
    /// @return   [S, H]
    Tensor apply(Tensor x, Sentences sentences) {
        x = attentionResidual.around(y -> attention.apply(y, sentences), x); // [S, H]
        return feedForwardResidual.around(feedForward::apply, x);            // [S, H]
    }
}
