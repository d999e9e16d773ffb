package nmt4j.nn;

import nmt4j.kernel.Activation;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Operations;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.ResidualEnd;
import nmt4j.tensor.ResidualStream;
import nmt4j.tensor.Tensor;

/// y = activation(x W + b).
///
/// @param weight  W [H, F], stored inputs first
/// @param bias    b [1, F]
public record Linear(Parameter weight, Parameter bias, Activation activation) {
    /// Xavier weights, zero bias.
    public static Linear of(Scope scope, int inputs, int outputs, Activation activation) {
        return side(scope, inputs, outputs, 1, activation);
    }

    public static Linear of(Scope scope, int inputs, int outputs) {
        return of(scope, inputs, outputs, Activation.NONE);
    }

    /// `parts` linear layers of the same input side by side, each with its own fan-out.
    public static Linear side(Scope scope, int inputs, int outputs, int parts, Activation activation) {
        return new Linear(scope.add("weight", inputs, parts * outputs, Initializer.xavier(inputs, outputs)),
                scope.add("bias", parts * outputs, Initializer.ZERO), activation);
    }

    /// @param x  [T, H]
    /// @return   [T, F]
    public Tensor apply(Tensor x) {
        return Operations.linear(x, weight, bias, activation);
    }

    /// The same as the end of a part of a layer: there is no activation.
    ///
    /// @param x  [T, H]
    public ResidualStream apply(Tensor x, ResidualEnd end) {
        if (activation != Activation.NONE) throw new IllegalStateException("a part that ends with " + activation);
        return Operations.linear(x, weight, bias, end);
    }
}
