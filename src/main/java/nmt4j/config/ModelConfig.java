package nmt4j.config;

import java.util.Optional;
import java.util.OptionalInt;

/// The architecture: an encoder and a decoder of one family.
public sealed interface ModelConfig permits TransformerConfig, RnnConfig, ConvolutionalConfig {
    /// Size of the vectors that go from layer to layer, H.
    int modelSize();

    int encoderLayers();

    int decoderLayers();

    TiedEmbeddings tiedEmbeddings();

    Optional<EmbeddingsConfig> sourceEmbeddings();

    Optional<EmbeddingsConfig> targetEmbeddings();

    /// The longest sentence that the model has positions for, if there is one.
    default OptionalInt longestSentence() {
        return switch (this) {
            case TransformerConfig transformer -> transformer.maxPositions();
            case RnnConfig _ -> OptionalInt.empty();
            case ConvolutionalConfig convolutional -> OptionalInt.of(convolutional.maxPositions());
        };
    }

    /// Which of the three matrices over vocabularies are one and the same.
    enum TiedEmbeddings {
        /// Three of their own.
        NONE,
        /// The target embedding is the output projection (Press & Wolf 2017).
        OUTPUT,
        /// The source embedding too; needs a shared vocabulary.
        ALL
    }

    /// The nonlinearity of a layer.
    enum Activation {
        RELU,
        GELU
    }
}
