package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.config.Config;
import nmt4j.config.ModelConfig;
import nmt4j.data.Batch;
import nmt4j.kernel.Parallel;
import nmt4j.model.LoadedModel;
import nmt4j.model.ModelFactory;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Tape;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordTokenizer;

/// Random models that are small enough to look at everything they can say.
public record TinyModel(TranslationModel model) implements AutoCloseable {
    /// One of each kind of decoder.
    public enum Family {
        TRANSFORMER("""
                "type": "transformer", "modelSize": 6, "feedForwardSize": 7, "numHeads": 3, "encoderLayers": 2,
                "decoderLayers": 2, "tiedEmbeddings": "all\""""),
        BAHDANAU("""
                "type": "rnn", "cell": "gru", "embeddingSize": 5, "modelSize": 6, "context": {"type": "bahdanau"}"""),
        LUONG("""
                "type": "rnn", "cell": "lstm", "embeddingSize": 5, "modelSize": 6, "context": {"type": "luong"}"""),
        WITHOUT_ATTENTION("""
                "type": "rnn", "cell": "elman", "embeddingSize": 5, "modelSize": 6, "context": {"type": "none"}"""),
        CONVOLUTIONAL("""
                "type": "convolutional", "embeddingSize": 5, "modelSize": 6, "encoderLayers": 2, "decoderLayers": 2""");

        private final Config config;

        Family(String model) {
            config = Config.parse("""
                    {"data": {"train": [{"source": "a", "target": "b"}]}, "model": {%s},
                     "decoding": {"beamSize": 2, "maxLength": {"factor": 1, "extra": 3}}}""".formatted(model), "tiny");
        }

        Config config() {
            return config;
        }
    }

    /// A Transformer.
    ///
    /// @param vocabulary  V, the four special ids included
    public static TinyModel of(int vocabulary, long seed) {
        return of(Family.TRANSFORMER, vocabulary, seed);
    }

    public static TinyModel of(Family family, int vocabulary, long seed) {
        return of(family.config().model(), vocabulary, vocabulary, seed);
    }

    /// @param source, target  sizes of the vocabularies
    static TinyModel of(ModelConfig config, int source, int target, long seed) {
        var model = ModelFactory.declare(config, source, target);
        model.parameters().allocate(false);
        model.parameters().initialize(seed);
        var random = new Random(seed);
        for (var parameter : model.parameters().all()) {
            var value = parameter.value();
            for (int i = 0; i < value.rows(); i++)
                for (int j = 0; j < value.columns(); j++)
                    value.set(i, j, value.get(i, j) + (float) (0.5 * random.nextGaussian()));
        }
        return new TinyModel(model);
    }

    Predictor predictor() {
        var tape = Tape.inference(new Parallel(1));
        var inner = new ModelPredictor(model, model.output().projection(tape), new Parallel(1));
        return new Predictor() {
            @Override
            public State start(java.util.List<Sentence> sources) {
                return inner.start(sources);
            }

            @Override
            public void close() {
                inner.close();
                tape.close();
            }
        };
    }

    /// The model with words for its ids.
    public LoadedModel loaded(Family family, int vocabulary) {
        return new LoadedModel(family.config(), codec(vocabulary), codec(vocabulary), model);
    }

    /// log p(y | x) by teacher forcing.
    double forced(int[] source, int[] target) {
        try (var tape = Tape.inference(new Parallel(1))) {
            tape.begin(0);
            return -model.evaluate(tape, Batch.of(List.of(source), List.of(target)), 0).negativeLogLikelihood();
        }
    }

    /// Words `a`, `b`, … for all ids but the special ones.
    public static TextCodec codec(int vocabulary) {
        var tokens = new ArrayList<>(Vocabulary.SPECIALS);
        for (int i = 4; i < vocabulary; i++) tokens.add(Character.toString('a' + i - 4));
        return new TextCodec(new WordTokenizer(), Vocabulary.of(tokens), false);
    }

    /// Sentences of 1 to `longest` random ids.
    static List<Sentence> sentences(int count, int longest, int vocabulary, long seed) {
        var random = new Random(seed);
        var sentences = new ArrayList<Sentence>();
        for (int i = 1; i <= count; i++)
            sentences.add(new Sentence(i, random.ints(1 + random.nextInt(longest), 4, vocabulary).toArray()));
        return sentences;
    }

    @Override
    public void close() {
        model.close();
    }
}
