package nmt4j.diagnostics.memory;

import java.util.Locale;
import nmt4j.config.Config;
import nmt4j.model.ModelFactory;

/// The kinds of networks that are compared: recurrent ones that read in one direction and hand on their last state alone,
/// one that looks back by attention, and the Transformer.
public enum Family {
    ELMAN("Elman, tanh", "\"type\": \"rnn\", \"cell\": \"elman\", \"recurrentInitialization\": \"xavier\", " + RNN.REST,
            1e-3),
    IRNN("IRNN",
            "\"type\": \"rnn\", \"cell\": \"elman\", \"activation\": \"relu\", \"recurrentInitialization\": \"identity\", "
                    + RNN.REST,
            1e-3),
    GRU("GRU", "\"type\": \"rnn\", \"cell\": \"gru\", " + RNN.REST, 3e-3),
    LSTM("LSTM", "\"type\": \"rnn\", \"cell\": \"lstm\", " + RNN.REST, 3e-3),
    ATTENTION("GRU, attention", "\"type\": \"rnn\", \"cell\": \"gru\", " + RNN.REST.replace("none\"}", "bahdanau\"}"),
            3e-3),
    TRANSFORMER("Transformer", String.format(Locale.ROOT, """
            "type": "transformer", "modelSize": %1$d, "feedForwardSize": 128, "numHeads": 4, "encoderLayers": 2,
            "decoderLayers": 2, "tiedEmbeddings": "none",
            "dropout": {"embedding": 0, "residual": 0, "attention": 0, "feedForward": 0}""", RNN.SIZE), 2e-3);

    /// What the recurrent ones have in common.
    private static final class RNN {
        private static final int SIZE = 64;
        private static final String REST = String.format(Locale.ROOT, """
                "embeddingSize": %1$d, "modelSize": %1$d, "bidirectional": false, "bridge": "last",
                "context": {"type": "none"}, "dropout": {"embedding": 0, "layer": 0}""", SIZE);
    }

    /// Enough words for any length.
    private static final int FLOW_VOCABULARY = 1009;

    private final String words;
    private final String model;
    private final double rate;

    Family(String words, String model, double rate) {
        this.words = words;
        this.model = model;
        this.rate = rate;
    }

    public String words() {
        return words;
    }

    /// How far a gradient flows before training: [GradientFlow], the mean over seeds.
    public double[] flow(int length, int seeds) {
        var mean = new double[length];
        for (int seed = 1; seed <= seeds; seed++)
            try (var model = ModelFactory.declare(config(10).model(), FLOW_VOCABULARY, FLOW_VOCABULARY)) {
                model.parameters().allocate(true);
                model.parameters().initialize(seed);
                var norms = GradientFlow.norms(model, FLOW_VOCABULARY, length, seed);
                for (int k = 0; k < length; k++) mean[k] += norms[k] / seeds;
            }
        return mean;
    }

    /// The rate rises in the first updates, then falls along half a cosine.
    Config config(int updates) {
        return Config.parse(String.format(Locale.ROOT, """
                {"data": {"train": [{"source": "-", "target": "-"}], "vocabulary": {"shared": false}}, "model": {%s},
                 "training": {"loss": {"labelSmoothing": 0},
                   "schedule": {"type": "cosine", "peak": %s, "warmup": %d, "updates": %d}}}""",
                model, rate, Math.max(1, updates / 10), updates), words);
    }
}
