package nmt4j.nn;

import nmt4j.kernel.Activation;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.FeedForwardNetwork;
import nmt4j.tensor.ResidualEnd;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Tensor;

/// The position-wise feed-forward network (Vaswani et al. 2017, eq. 2): dropout(activation(x W₁ + b₁)) W₂ + b₂.
public record FeedForward(Linear inner, Linear outer, float dropout) {
    public FeedForward {
        if (outer.activation() != Activation.NONE)
            throw new IllegalArgumentException("an outer layer with " + outer.activation());
    }

    public static FeedForward of(Scope scope, int size, int innerSize, Activation activation, float dropout) {
        return new FeedForward(Linear.of(scope.in("inner"), size, innerSize, activation),
                Linear.of(scope.in("outer"), innerSize, size), dropout);
    }

    /// @param x  [T, H]
    public ResidualStream apply(Tensor x, ResidualEnd end) {
        var weights = new FeedForwardNetwork.Weights(inner.weight(), inner.bias(), outer.weight(), outer.bias());
        return FeedForwardNetwork.apply(x, weights, inner.activation(), dropout, end);
    }
}
