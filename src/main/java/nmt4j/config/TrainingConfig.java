package nmt4j.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How the model is trained.
public record TrainingConfig(
        @Key(value = "of products; weights, norms, softmax and loss are always float32; auto: bfloat16 where the processor "
                + "multiplies faster in it", initial = "float32")
                Precision precision,
        @Key("sentence pairs of one gradient") BatchConfig batch,
        @Key(value = "batches of one update", initial = "1", in = "[1, ∞)") int accumulation,
        @Key("label-smoothed cross-entropy") LossConfig loss,
        @Key(value = "how a gradient becomes a step", initial = "adam") OptimizerConfig optimizer,
        @Key(value = "the learning rate by update", initial = "inverseSquareRoot") ScheduleConfig schedule,
        @Key(value = "largest norm of the gradient; null: any", initial = "1", in = "(0, ∞)") OptionalDouble clipNorm,
        @Key(value = "largest value in the gradient; null: any", initial = "null", in = "(0, ∞)")
                OptionalDouble clipValue,
        @Key(
                value = "time steps that a gradient goes back through recurrence, and that a decoder holds at once (rnn only); null: all",
                initial = "null", in = "[1, ∞)") OptionalInt truncatedBackpropagation,
        @Key(value = "limit; null: none", initial = "10", in = "[1, ∞)") OptionalInt maxEpochs,
        @Key(value = "limit; null: none", initial = "null", in = "[1, ∞)") OptionalLong maxUpdates,
        @Key(value = "limit; null: none", initial = "null", in = "(0, ∞)") OptionalDouble maxMinutes,
        @Key("how a run is judged on the validation corpus") ValidationConfig validation,
        @Key(value = "best checkpoints kept", initial = "1", in = "[0, ∞)") int keepBest,
        @Key(value = "latest checkpoints kept", initial = "1", in = "[0, ∞)") int keepLast,
        @Key(value = "weight of the past in an average of the weights that is saved in their place; null: no average",
                initial = "null", in = "(0, 1)") OptionalDouble exponentialMovingAverage,
        @Key(value = "model whose weights and vocabulary to start from", initial = "null") Optional<Path> initialModel,
        @Key(value = "parameters left as they are, by name; * stands for any part of one", initial = "[]")
                List<String> freeze) {

    /// The same with another precision.
    TrainingConfig withPrecision(Precision other) {
        return new TrainingConfig(other, batch, accumulation, loss, optimizer, schedule, clipNorm, clipValue,
                truncatedBackpropagation, maxEpochs, maxUpdates, maxMinutes, validation, keepBest, keepLast,
                exponentialMovingAverage, initialModel, freeze);
    }

    /// The numbers of products.
    public enum Precision {
        FLOAT32,
        /// Factors and results are rounded to it.
        BFLOAT16,
        /// The faster of the two.
        AUTO
    }

    /// The pairs of one gradient.
    public record BatchConfig(
            @Key(value = "what size counts; tokens are those of the longer side", initial = "tokens") Unit unit,
            @Key(value = "largest batch", initial = "4096", in = "[1, 1000000]") int size,
            @Key(value = "batches whose pairs are sorted by length together, before they are cut; 1: pairs of any "
                    + "lengths stand in a batch, which learns best; recurrent models are faster with more", initial = "1",
                    in = "[1, ∞)") int maxiBatch) {}

    /// What is minimised.
    public record LossConfig(
            @Key(value = "probability taken from the reference and spread over the vocabulary (Szegedy et al. 2016)",
                    initial = "0.1", in = "[0, 1)") double labelSmoothing,
            @Key(value = "what the sum over an update is divided by", initial = "tokens") Unit normalization) {}

    /// What is counted.
    public enum Unit {
        TOKENS,
        SENTENCES
    }

    /// How a run is judged while it goes on.
    public record ValidationConfig(
            @Key(value = "updates between validations; null: after each epoch", initial = "500", in = "[1, ∞)")
                    OptionalInt everyUpdates,
            @Key(value = "what the best model is best in", initial = "bleu") Metric metric,
            @Key(value = "validations without a better one before training stops; null: never stops", initial = "5",
                    in = "[1, ∞)") OptionalInt patience,
            @Key(value = "translations shown in the log", initial = "3", in = "[0, ∞)") int samples) {}

    /// What a model can be best in.
    public enum Metric {
        BLEU,
        LOSS,
        PERPLEXITY
    }
}
