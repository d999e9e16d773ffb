package nmt4j.model;

import java.util.ArrayList;
import java.util.List;
import nmt4j.config.ContextConfig;
import nmt4j.config.RnnConfig;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Gates;
import nmt4j.nn.AlignmentModel;
import nmt4j.nn.Bridge;
import nmt4j.nn.ElmanCell;
import nmt4j.nn.Embedding;
import nmt4j.nn.GruCell;
import nmt4j.nn.JordanCell;
import nmt4j.nn.Linear;
import nmt4j.nn.LstmCell;
import nmt4j.nn.Readout;
import nmt4j.nn.RecurrentCell;
import nmt4j.nn.RecurrentLayer;
import nmt4j.nn.RecurrentStack;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters;
import nmt4j.tensor.Parameters.Scope;

/// Puts a recurrent model together as its config says.
record Rnn(RnnConfig config) {

    /// @param sourceSize, targetSize  of the vocabularies
    TranslationModel build(int sourceSize, int targetSize) {
        var parameters = new Parameters();
        var root = parameters.root();
        boolean shared = config.tiedEmbeddings() == RnnConfig.TiedEmbeddings.ALL;
        var source = Embedding.plain(shared ? root : root.in("source"), sourceSize, config.embeddingSize());
        var target = shared ? source : Embedding.plain(root.in("target"), targetSize, config.embeddingSize());
        var encoder = new RnnEncoder(embedding(source), encoderLayers(root.in("encoder").in("layers")), layerDropout(),
                config.residual(), config.reverseSource(), isAttended());
        var context = context(root.in("decoder"), stack(root.in("decoder").in("layers")));
        var bridges = bridges(root.in("bridge"), context.layers());
        var decoder = new RnnDecoder(embedding(target), context, bridges, layerDropout());
        var output = switch (config.tiedEmbeddings()) {
            case NONE -> OutputLayer.of(root.in("output"), targetSize, readoutSize());
            case OUTPUT, ALL -> OutputLayer.tied(root.in("output"), target.table());
        };
        return new TranslationModel(parameters, encoder, decoder, output);
    }

    private boolean isAttended() {
        return switch (config.context()) {
            case ContextConfig.None _,ContextConfig.Fixed _ -> false;
            case ContextConfig.Bahdanau _,ContextConfig.Luong _ -> true;
        };
    }

    private RnnEmbedding embedding(Embedding words) {
        return new RnnEmbedding(words, (float) config.dropout().word(), (float) config.dropout().embedding());
    }

    private float layerDropout() {
        return (float) config.dropout().layer();
    }

    private List<RecurrentLayer> encoderLayers(Scope scope) {
        int size = config.modelSize();
        var layers = new ArrayList<RecurrentLayer>();
        for (int l = 0; l < config.encoderLayers(); l++) {
            int inputs = l == 0 ? config.embeddingSize() : size;
            layers.add(config.bidirectional()
                    ? new RecurrentLayer.BothWays(cell(scope.in(l).in("forward"), inputs, size / 2),
                            cell(scope.in(l).in("backward"), inputs, size / 2))
                    : new RecurrentLayer.OneWay(cell(scope.in(l), inputs, size)));
        }
        return layers;
    }

    private RecurrentStack stack(Scope scope) {
        var cells = new ArrayList<RecurrentCell>();
        for (int l = 0; l < config.decoderLayers(); l++)
            cells.add(cell(scope.in(l), l == 0 ? config.embeddingSize() : config.modelSize(), config.modelSize()));
        return new RecurrentStack(cells, layerDropout(), config.residual());
    }

    private RecurrentCell cell(Scope scope, int inputs, int size) {
        float dropout = (float) config.dropout().recurrent();
        return switch (config.cell()) {
            case ELMAN -> ElmanCell.of(scope, inputs, size, activation(), recurrent(), dropout);
            case JORDAN -> JordanCell.of(scope, inputs, size, recurrent(), dropout);
            case GRU -> GruCell.of(scope, inputs, size, recurrent(), dropout);
            case LSTM -> LstmCell.of(scope, inputs, size, recurrent(), dropout);
        };
    }

    private Gates activation() {
        return switch (config.activation().orElseThrow()) {
            case TANH -> Gates.TANH;
            case RELU -> Gates.RELU;
        };
    }

    private Initializer recurrent() {
        return switch (config.recurrentInitialization()) {
            case XAVIER -> Initializer.xavierBlocks();
            case ORTHOGONAL -> Initializer.orthogonal();
            case IDENTITY -> Initializer.identity();
        };
    }

    private List<Bridge> bridges(Scope scope, RecurrentStack layers) {
        var bridges = new ArrayList<Bridge>();
        for (int l = 0; l < layers.cells().size(); l++) {
            int size = layers.cells().get(l).parts() * config.modelSize();
            bridges.add(switch (config.bridge()) {
                case ZERO -> new Bridge.Zero();
                case LAST -> new Bridge.Last();
                case TANH -> Bridge.Tanh.of(scope.in(l), size);
            });
        }
        return bridges;
    }

    private DecoderContext context(Scope scope, RecurrentStack layers) {
        int size = config.modelSize();
        int parts = layers.cells().getFirst().parts();
        int known = size + config.embeddingSize() + size; // state, word, context
        return switch (config.context()) {
            case ContextConfig.None _ -> new NoContext(layers, readout(scope, size));
            case ContextConfig.Fixed _ ->
                    new FixedContext(layers, Linear.of(scope.in("summary"), parts * size, size, Activation.TANH),
                            input(scope, size, layers), readout(scope, known));
            case ContextConfig.Bahdanau _ ->
                    new BahdanauContext(layers, AlignmentModel.Additive.of(scope.in("attention"), size),
                            input(scope, size, layers), readout(scope, known));
            case ContextConfig.Luong luong when luong.inputFeeding() -> new InputFeedingContext(layers,
                    score(scope.in("attention"), luong.score()), input(scope, readoutSize(), layers),
                    readout(scope, 2 * size));
            case ContextConfig.Luong luong ->
                    new LuongContext(layers, score(scope.in("attention"), luong.score()), readout(scope, 2 * size));
        };
    }

    private AlignmentModel score(Scope scope, ContextConfig.Score score) {
        return switch (score) {
            case DOT -> new AlignmentModel.Dot();
            case GENERAL -> AlignmentModel.General.of(scope, config.modelSize());
            case CONCAT -> AlignmentModel.Additive.of(scope, config.modelSize());
        };
    }

    /// From a context to the pre-activations of the first layer.
    private Parameter input(Scope scope, int inputs, RecurrentStack layers) {
        int outputs = layers.cells().getFirst().input().weight().columns();
        return scope.in("context").add("weight", inputs, outputs, Initializer.xavier(inputs, config.modelSize()));
    }

    private Readout readout(Scope scope, int inputs) {
        var f = switch (config.readout()) {
            case TANH -> Gates.TANH;
            case MAXOUT -> Gates.MAXOUT;
        };
        return Readout.of(scope.in("readout"), inputs, readoutSize(), f);
    }

    /// That of the word vectors, where the output projection is theirs.
    private int readoutSize() {
        return switch (config.tiedEmbeddings()) {
            case NONE -> config.modelSize();
            case OUTPUT, ALL -> config.embeddingSize();
        };
    }
}
