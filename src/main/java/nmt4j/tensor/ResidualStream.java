package nmt4j.tensor;

import java.util.List;

/// What the parts of a stack of layers with residual connections hand on.
///
/// @param sum     x, to which the next part's result is added [T, H]
/// @param normal  what the next part reads [T, H]: x normalised, or x itself if that is normalised already
public record ResidualStream(Tensor sum, Tensor normal) {
    /// Both, or the one that is both.
    List<Tensor> tensors() {
        return sum == normal ? List.of(sum) : List.of(sum, normal);
    }
}
