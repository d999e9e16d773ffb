package nmt4j.nn;

import nmt4j.tensor.Initializer;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Tensor;

/// Layer normalisation (Ba, Kiros & Hinton 2016).
///
/// @param gamma  [1, H], from 1
/// @param beta   [1, H], from 0
public record LayerNorm(Parameter gamma, Parameter beta) {
    public static LayerNorm of(Scope scope, int size) {
        return new LayerNorm(scope.add("gamma", size, Initializer.ONE), scope.add("beta", size, Initializer.ZERO));
    }

    /// @param x  [T, H]
    /// @return   [T, H]
    public Tensor apply(Tensor x) {
        return Operations.layerNorm(x, gamma, beta);
    }
}
