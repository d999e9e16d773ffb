package nmt4j.config;

/// How a gradient becomes a step.
public sealed interface OptimizerConfig {
    /// Adam (Kingma & Ba 2015).
    record Adam(
            @Key(value = "decay of the mean", initial = "0.9", in = "[0, 0.9999999]") double beta1,
            @Key(value = "decay of the mean square", initial = "0.98", in = "[0, 0.9999999]") double beta2,
            @Key(value = "added to the root of the mean square", initial = "1e-9", in = "[1e-30, ∞)") double epsilon)
            implements OptimizerConfig {}

    /// Adam with decoupled weight decay (Loshchilov & Hutter 2019).
    record AdamW(
            @Key(value = "decay of the mean", initial = "0.9", in = "[0, 0.9999999]") double beta1,
            @Key(value = "decay of the mean square", initial = "0.98", in = "[0, 0.9999999]") double beta2,
            @Key(value = "added to the root of the mean square", initial = "1e-9", in = "[1e-30, ∞)") double epsilon,
            @Key(value = "share of a weight taken off an update, times the learning rate", initial = "0.01",
                    in = "[0, ∞)") double weightDecay)
            implements OptimizerConfig {}

    /// Stochastic gradient descent.
    record Sgd(@Key(value = "share of the last step that goes on", initial = "0", in = "[0, 1)") double momentum)
            implements OptimizerConfig {}
}
