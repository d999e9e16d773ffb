package nmt4j.model;

import static nmt4j.config.TransformerConfig.Normalization.PRE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.config.TransformerConfig;
import nmt4j.kernel.Activation;
import nmt4j.nn.CrossAttention;
import nmt4j.nn.Embedding;
import nmt4j.nn.FeedForward;
import nmt4j.nn.LayerNorm;
import nmt4j.nn.MultiHeadAttention;
import nmt4j.nn.PositionalEncoding;
import nmt4j.nn.Residual;
import nmt4j.tensor.Parameters;
import nmt4j.tensor.Parameters.Scope;

/// Puts a Transformer together as its config says.
record Transformer(TransformerConfig config) {

    /// @param sourceSize, targetSize  of the vocabularies
    TranslationModel build(int sourceSize, int targetSize) {
        var parameters = new Parameters();
        var root = parameters.root();
        int size = config.modelSize();
        boolean shared = config.tiedEmbeddings() == TransformerConfig.TiedEmbeddings.ALL;
        var source = Embedding.scaled(shared ? root : root.in("source"), sourceSize, size);
        var target = shared ? source : Embedding.scaled(root.in("target"), targetSize, size);
        var encoder = new TransformerEncoder(embedding(root.in("encoder"), source),
                encoderLayers(root.in("encoder").in("layers")),
                finalNorm(root.in("encoder")));
        var decoder = new TransformerDecoder(embedding(root.in("decoder"), target),
                decoderLayers(root.in("decoder").in("layers")),
                finalNorm(root.in("decoder")));
        var output = switch (config.tiedEmbeddings()) {
            case NONE -> OutputLayer.of(root.in("output"), targetSize, size);
            case OUTPUT, ALL -> OutputLayer.tied(root.in("output"), target.table());
        };
        return new TranslationModel(parameters, encoder, decoder, output);
    }

    private PositionalEmbedding embedding(Scope scope, Embedding words) {
        var positions = switch (config.positions()) {
            case SINUSOIDAL -> new PositionalEncoding.Sinusoidal(config.modelSize());
            case LEARNED ->
                    PositionalEncoding.Learned.of(scope, config.maxPositions().orElseThrow(), config.modelSize());
        };
        return new PositionalEmbedding(words, positions, (float) config.dropout().embedding());
    }

    private List<TransformerEncoderLayer> encoderLayers(Scope scope) {
        var layers = new ArrayList<TransformerEncoderLayer>();
        for (int i = 0; i < config.encoderLayers(); i++) {
            var layer = scope.in(i);
            layers.add(new TransformerEncoderLayer(residual(layer.in("selfAttention").in("norm")), selfAttention(layer),
                    residual(layer.in("feedForward").in("norm")), feedForward(layer)));
        }
        return layers;
    }

    private List<TransformerDecoderLayer> decoderLayers(Scope scope) {
        var layers = new ArrayList<TransformerDecoderLayer>();
        for (int i = 0; i < config.decoderLayers(); i++) {
            var layer = scope.in(i);
            layers.add(new TransformerDecoderLayer(residual(layer.in("selfAttention").in("norm")), selfAttention(layer),
                    residual(layer.in("crossAttention").in("norm")), crossAttention(layer),
                    residual(layer.in("feedForward").in("norm")), feedForward(layer)));
        }
        return layers;
    }

    private MultiHeadAttention selfAttention(Scope layer) {
        return MultiHeadAttention.of(layer.in("selfAttention"), config.modelSize(), config.numHeads(),
                (float) config.dropout().attention());
    }

    private CrossAttention crossAttention(Scope layer) {
        return CrossAttention.of(layer.in("crossAttention"), config.modelSize(), config.numHeads(),
                (float) config.dropout().attention());
    }

    private FeedForward feedForward(Scope layer) {
        var activation = switch (config.activation()) {
            case RELU -> Activation.RELU;
            case GELU -> Activation.GELU;
        };
        return FeedForward.of(layer.in("feedForward"), config.modelSize(), config.feedForwardSize(), activation,
                (float) config.dropout().feedForward());
    }

    private Residual residual(Scope scope) {
        float dropout = (float) config.dropout().residual();
        return switch (config.normalization()) {
            case PRE -> Residual.preNorm(scope, config.modelSize(), dropout);
            case POST -> Residual.postNorm(scope, config.modelSize(), dropout);
        };
    }

    private Optional<LayerNorm> finalNorm(Scope scope) {
        return config.normalization() == PRE ? Optional.of(LayerNorm.of(scope.in("norm"), config.modelSize()))
                : Optional.empty();
    }
}
