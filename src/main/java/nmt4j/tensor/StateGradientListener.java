package nmt4j.tensor;

import nmt4j.kernel.Matrix;

/// Is shown ∂loss/∂hₜ of all steps of a recurrent layer, the parts through later steps included: how far a gradient flows.
@FunctionalInterface
public interface StateGradientListener {
    /// Wants nothing.
    StateGradientListener NONE = (steps, states, gradient) -> {
    };

    /// @param steps     the layout of the rows
    /// @param states    hₜ [T, H], steps one after the other
    /// @param gradient  [T, H], valid during the call
    void completed(TimeSteps steps, Matrix states, Matrix gradient);
}
