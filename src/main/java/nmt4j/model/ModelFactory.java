package nmt4j.model;

import nmt4j.Failure;
import nmt4j.config.ConvolutionalConfig;
import nmt4j.config.EmbeddingsConfig;
import nmt4j.config.ModelConfig;
import nmt4j.config.ModelConfig.TiedEmbeddings;
import nmt4j.config.RnnConfig;
import nmt4j.config.TransformerConfig;

/// The one place that knows the families.
public final class ModelFactory {
    private ModelFactory() {}

    /// A model whose parameters are declared and have no memory yet.
    ///
    /// @param sourceSize, targetSize  of the vocabularies
    /// @throws Failure                if all embeddings are tied and these are not of one size
    public static TranslationModel declare(ModelConfig config, int sourceSize, int targetSize) {
        if (config.tiedEmbeddings() == TiedEmbeddings.ALL && sourceSize != targetSize)
            throw Failure.mistake("model.tiedEmbeddings: all, but vocabularies of " + sourceSize + " and " + targetSize
                    + "; expected one for both sides");
        var model = switch (config) {
            case TransformerConfig transformer -> new Transformer(transformer).build(sourceSize, targetSize);
            case RnnConfig rnn -> new Rnn(rnn).build(sourceSize, targetSize);
            case ConvolutionalConfig convolutional -> new Convolutional(convolutional).build(sourceSize, targetSize);
        };
        for (var side : Side.values())
            PretrainedEmbeddings.of(config, side).filter(EmbeddingsConfig::freeze)
                    .ifPresent(_ -> model.parameters().freeze(model.wordVectors(side)));
        return model;
    }
}
