package nmt4j.config;

import java.util.Optional;
import java.util.OptionalInt;

/// The Transformer (Vaswani et al. 2017).
public record TransformerConfig(
        @Key(value = "size of the vectors between layers, H", initial = "256", in = "[1, 65536]") int modelSize,
        @Key(value = "size of the feed-forward layer, F", initial = "1024", in = "[1, 65536]") int feedForwardSize,
        @Key(value = "attention heads, N; divides modelSize", initial = "4", in = "[1, ∞)") int numHeads,
        @Key(value = "encoder layers", initial = "3", in = "[1, 256]") int encoderLayers,
        @Key(value = "decoder layers", initial = "3", in = "[1, 256]") int decoderLayers,
        @Key(value = "layer norm before or after each part", initial = "pre") Normalization normalization,
        @Key(value = "how a position is told", initial = "sinusoidal") Positions positions,
        @Key(value = "longest sentence with learned positions", initial = "256", in = "[1, 65536]",
                onlyWith = "positions=learned") OptionalInt maxPositions,
        @Key(value = "nonlinearity of the feed-forward layer", initial = "relu") Activation activation,
        @Key(value = "matrices over vocabularies that are one; all needs a shared vocabulary",
                initial = "all") TiedEmbeddings tiedEmbeddings,
        @Key(value = "word vectors of the source to start from; null: random ones",
                initial = "null") Optional<EmbeddingsConfig> sourceEmbeddings,
        @Key(value = "word vectors of the target to start from; null: random ones",
                initial = "null") Optional<EmbeddingsConfig> targetEmbeddings,
        @Key("shares of units left out at random in training") Dropout dropout)
        implements ModelConfig, Checked {

    /// Where a layer normalises (Xiong et al. 2020, figure 1).
    public enum Normalization {
        PRE,
        POST
    }

    /// How a position is told.
    public enum Positions {
        SINUSOIDAL,
        LEARNED
    }

    /// Dropout by place.
    public record Dropout(
            @Key(value = "of embedding plus position", initial = "0.1", in = "[0, 1)") double embedding,
            @Key(value = "of what a part adds to the residual stream", initial = "0.1", in = "[0, 1)") double residual,
            @Key(value = "of attention weights", initial = "0.1", in = "[0, 1)") double attention,
            @Key(value = "inside the feed-forward layer", initial = "0.1", in = "[0, 1)") double feedForward) {}

    @Override
    public void check(Rules rules) {
        rules.require(() -> modelSize % numHeads == 0, () -> Divisors.advice(numHeads, modelSize),
                "numHeads", "modelSize");
        rules.require(() -> positions != Positions.SINUSOIDAL || modelSize % 2 == 0,
                () -> modelSize + " is odd; sinusoidal positions need an even size", "modelSize", "positions");
    }
}
