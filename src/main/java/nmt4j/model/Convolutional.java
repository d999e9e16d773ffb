package nmt4j.model;

import java.util.ArrayList;
import nmt4j.config.ConvolutionalConfig;
import nmt4j.nn.Affine;
import nmt4j.nn.Affine.WeightNorm;
import nmt4j.nn.Embedding;
import nmt4j.nn.GatedConvolution;
import nmt4j.nn.MultiStepAttention;
import nmt4j.nn.PositionalEncoding;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameters;
import nmt4j.tensor.Parameters.Scope;

/// Puts a convolutional model together as its config says, with the initialisation of Gehring et al. 2017, section 3.5.
record Convolutional(ConvolutionalConfig config) {
    private static final Initializer EMBEDDINGS = Initializer.normal(0.1);

    /// @param sourceSize, targetSize  of the vocabularies
    TranslationModel build(int sourceSize, int targetSize) {
        var parameters = new Parameters();
        var root = parameters.root();
        boolean shared = config.tiedEmbeddings() == ConvolutionalConfig.TiedEmbeddings.ALL;
        var source = words(shared ? root : root.in("source"), sourceSize);
        var target = shared ? source : words(root.in("target"), targetSize);
        var output = switch (config.tiedEmbeddings()) {
            case NONE -> OutputLayer.of(root.in("output"), targetSize, config.embeddingSize());
            case OUTPUT, ALL -> OutputLayer.tied(root.in("output"), target.table());
        };
        return new TranslationModel(parameters, encoder(root.in("encoder"), source),
                decoder(root.in("decoder"), target), output);
    }

    private Embedding words(Scope scope, int vocabulary) {
        return new Embedding(scope.table("embedding", vocabulary, config.embeddingSize(), EMBEDDINGS), 1);
    }

    private PositionalEmbedding embedding(Scope scope, Embedding words) {
        var positions = scope.table("positions", config.maxPositions(), config.embeddingSize(), EMBEDDINGS);
        return new PositionalEmbedding(words, new PositionalEncoding.Learned(positions),
                (float) config.dropout().embedding());
    }

    private ConvolutionalEncoder encoder(Scope scope, Embedding words) {
        var layers = new ArrayList<GatedConvolution>();
        for (int i = 0; i < config.encoderLayers(); i++) layers.add(convolution(scope.in("layers").in(i)));
        return new ConvolutionalEncoder(embedding(scope, words), input(scope), layers, config.kernelSize(),
                output(scope), 1f / (2 * config.decoderLayers()));
    }

    private ConvolutionalDecoder decoder(Scope scope, Embedding words) {
        var layers = new ArrayList<ConvolutionalDecoderLayer>();
        for (int i = 0; i < config.decoderLayers(); i++) {
            var layer = scope.in("layers").in(i);
            layers.add(new ConvolutionalDecoderLayer(convolution(layer),
                    MultiStepAttention.of(layer.in("attention"), config.modelSize(), config.embeddingSize())));
        }
        return new ConvolutionalDecoder(embedding(scope, words), input(scope), layers, config.modelSize(),
                config.kernelSize(), output(scope), layerDropout());
    }

    private GatedConvolution convolution(Scope layer) {
        return GatedConvolution.of(layer.in("convolution"), config.kernelSize(), config.modelSize(), layerDropout());
    }

    private Affine input(Scope scope) {
        double kept = 1 - config.dropout().embedding();
        return WeightNorm.of(scope.in("input"), config.embeddingSize(), config.modelSize(), Math.sqrt(kept));
    }

    private Affine output(Scope scope) {
        return WeightNorm.of(scope.in("output"), config.modelSize(), config.embeddingSize(), 1);
    }

    private float layerDropout() {
        return (float) config.dropout().layer();
    }
}
