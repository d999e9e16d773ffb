package nmt4j.model;

import static nmt4j.config.TransformerConfig.Normalization.PRE;

import java.util.ArrayList;
import nmt4j.config.TransformerConfig;
import nmt4j.kernel.Activation;
import nmt4j.nn.CrossAttention;
import nmt4j.nn.Embedding;
import nmt4j.nn.FeedForward;
import nmt4j.nn.MultiHeadAttention;
import nmt4j.nn.PositionalEncoding;
import nmt4j.nn.ResidualStack;
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
        var encoder = encoder(root.in("encoder"), source);
        var decoder = decoder(root.in("decoder"), target);
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

    private TransformerEncoder encoder(Scope scope, Embedding words) {
        var embedding = embedding(scope, words);
        var residuals = residuals();
        var layers = new ArrayList<TransformerEncoderLayer>();
        for (int i = 0; i < config.encoderLayers(); i++) {
            var layer = scope.in("layers").in(i);
            layers.add(new TransformerEncoderLayer(residuals.add(norm(layer, "selfAttention")), selfAttention(layer),
                    residuals.add(norm(layer, "feedForward")), feedForward(layer)));
        }
        residuals.end(scope.in("norm"));
        return new TransformerEncoder(embedding, residuals, layers);
    }

    private TransformerDecoder decoder(Scope scope, Embedding words) {
        var embedding = embedding(scope, words);
        var residuals = residuals();
        var layers = new ArrayList<TransformerDecoderLayer>();
        for (int i = 0; i < config.decoderLayers(); i++) {
            var layer = scope.in("layers").in(i);
            layers.add(new TransformerDecoderLayer(residuals.add(norm(layer, "selfAttention")), selfAttention(layer),
                    residuals.add(norm(layer, "crossAttention")), crossAttention(layer),
                    residuals.add(norm(layer, "feedForward")), feedForward(layer)));
        }
        residuals.end(scope.in("norm"));
        return new TransformerDecoder(embedding, residuals, layers);
    }

    private ResidualStack residuals() {
        return new ResidualStack(config.normalization() == PRE, config.modelSize(),
                (float) config.dropout().residual());
    }

    private static Scope norm(Scope layer, String part) {
        return layer.in(part).in("norm");
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
}
