package nmt4j.model;

/// Is shown attention weights as they are computed.
@FunctionalInterface
public interface AttentionListener {
    /// Wants nothing: then no weights are copied.
    AttentionListener NONE = (layer, head, row, weights) -> {
    };

    /// @param layer    of the decoder, from 0
    /// @param head     from 0
    /// @param row      of the decoder state, or of the packed target
    /// @param weights  one for each token of the row's source sentence; they sum to 1
    void attended(int layer, int head, int row, float[] weights);
}
