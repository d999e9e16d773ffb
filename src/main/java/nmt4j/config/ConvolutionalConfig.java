package nmt4j.config;

import java.util.Optional;

/// Convolutional sequence to sequence learning (Gehring et al. 2017).
public record ConvolutionalConfig(
        @Key(value = "size of the word vectors", initial = "256", in = "[1, 65536]") int embeddingSize,
        @Key(value = "size of the vectors between layers, H", initial = "256", in = "[1, 65536]") int modelSize,
        @Key(value = "encoder layers", initial = "6", in = "[1, 256]") int encoderLayers,
        @Key(value = "decoder layers", initial = "6", in = "[1, 256]") int decoderLayers,
        @Key(value = "positions that a convolution sees; odd", initial = "3", in = "[1, 255]") int kernelSize,
        @Key(value = "longest sentence, in subwords", initial = "256", in = "[1, 65536]") int maxPositions,
        @Key(value = "matrices over vocabularies that are one; all needs a shared vocabulary",
                initial = "none") TiedEmbeddings tiedEmbeddings,
        @Key(value = "word vectors of the source to start from; null: random ones",
                initial = "null") Optional<EmbeddingsConfig> sourceEmbeddings,
        @Key(value = "word vectors of the target to start from; null: random ones",
                initial = "null") Optional<EmbeddingsConfig> targetEmbeddings,
        @Key("shares of units left out at random in training") Dropout dropout)
        implements ModelConfig, Checked {

    /// Dropout by place.
    public record Dropout(
            @Key(value = "of embedding plus position", initial = "0.2", in = "[0, 1)") double embedding,
            @Key(value = "of a layer's input", initial = "0.2", in = "[0, 1)") double layer) {}

    @Override
    public void check(Rules rules) {
        rules.require(() -> kernelSize % 2 == 1,
                () -> kernelSize + " is even, so that no position is its middle (try " + (kernelSize + 1) + ")",
                "kernelSize");
    }
}
