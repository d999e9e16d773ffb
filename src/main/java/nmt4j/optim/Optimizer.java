package nmt4j.optim;

import java.util.SequencedMap;
import nmt4j.config.OptimizerConfig;
import nmt4j.config.TrainingConfig;
import nmt4j.kernel.Matrix;

/// Moves weights along their gradient. What it remembers between updates lies in memory laid out like the weights.
public sealed interface Optimizer extends AutoCloseable permits Adam, GradientDescent, Averaging {
    /// @param update         counted from 1
    /// @param rate           the learning rate
    /// @param gradientScale  factor on the gradient, from clipping
    void update(long update, double rate, double gradientScale);

    /// All that it remembers, by name: each [1, size of all parameters]. 0 before the first update.
    SequencedMap<String, Matrix> state();

    /// Puts the average of the weights in their place, or them back, if an average is kept.
    default void exchangeAverage() {}

    @Override
    void close();

    /// As a config says, with an average of the weights if it wants one.
    static Optimizer of(TrainingConfig config, Trainable trainable) {
        var optimizer = of(config.optimizer(), trainable);
        return config.exponentialMovingAverage().isEmpty() ? optimizer
                : new Averaging(optimizer, trainable, config.exponentialMovingAverage().getAsDouble());
    }

    static Optimizer of(OptimizerConfig config, Trainable trainable) {
        return switch (config) {
            case OptimizerConfig.Adam(double beta1, double beta2, double epsilon) ->
                    new Adam(trainable, beta1, beta2, epsilon, 0);
            case OptimizerConfig.AdamW(double beta1, double beta2, double epsilon, double weightDecay) ->
                    new Adam(trainable, beta1, beta2, epsilon, weightDecay);
            case OptimizerConfig.Sgd(double momentum) -> new GradientDescent(trainable, momentum);
        };
    }

    /// How many numbers it remembers of each weight.
    static int numbersPerWeight(TrainingConfig config) {
        return (config.exponentialMovingAverage().isPresent() ? 1 : 0) + switch (config.optimizer()) {
            case OptimizerConfig.Adam _,OptimizerConfig.AdamW _ -> 2;
            case OptimizerConfig.Sgd _ -> 1;
        };
    }
}
