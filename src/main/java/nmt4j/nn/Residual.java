package nmt4j.nn;

import nmt4j.tensor.ResidualEnd;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Tensor;

/// The residual connection around a part of a layer, and the norm behind it.
public final class Residual {
    private final ResidualStack stack;
    private final int number;

    Residual(ResidualStack stack, int number) {
        this.stack = stack;
        this.number = number;
    }

    /// A part of a layer, which ends with a linear layer.
    public interface Part {
        /// @param x    [T, H]
        /// @param end  what becomes of the last product
        ResidualStream apply(Tensor x, ResidualEnd end);
    }

    public ResidualStream around(Part part, ResidualStream stream) {
        var norm = stack.normBehind(number);
        var result = part.apply(stream.normal(),
                new ResidualEnd(stream.sum(), stack.dropout(), norm.gamma(), norm.beta()));
        return stack.isNormalizedBefore() ? result : new ResidualStream(result.normal(), result.normal());
    }
}
