package nmt4j.diagnostics.sanity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import nmt4j.config.Config;
import nmt4j.data.PackedSentences;
import nmt4j.kernel.Parallel;
import nmt4j.model.Decoder;
import nmt4j.model.DecoderState;
import nmt4j.model.Encoded;
import nmt4j.model.Encoder;
import nmt4j.model.ModelFactory;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Tape;
import nmt4j.tensor.Tensor;
import nmt4j.text.Vocabulary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sound models pass; each check finds the mistake that is planted for it.
class SanityLadderTest {
    private static final int VOCABULARY = 211;
    private static final String TRANSFORMER =
            """
            "type": "transformer", "modelSize": 22, "feedForwardSize": 26, "numHeads": 2, "encoderLayers": 2, "decoderLayers": 2""";

    /// With a seed of which the Elman network with ReLU has learnt a batch by heart after 60 updates: from others it takes 300, or,
    /// with a processor's last bits, a few more.
    private static Config config(String model) {
        return Config.parse("""
                {"seed": 5, "data": {"train": [{"source": "a", "target": "b"}]}, "model": {%s},
                 "training": {"schedule": {"type": "constant", "rate": 0.01}}}""".formatted(model), "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {TRANSFORMER, TRANSFORMER + ", \"normalization\": \"post\", \"tiedEmbeddings\": \"none\"", """
            "type": "rnn", "cell": "gru", "embeddingSize": 13, "modelSize": 22, "context": {"type": "bahdanau"},
            "readout": "maxout", "dropout": {"recurrent": 0.1, "word": 0.1}""",
            """
            "type": "rnn", "cell": "elman", "activation": "relu", "recurrentInitialization": "identity",
            "embeddingSize": 16, "modelSize": 32, "context": {"type": "none"}, "dropout": {"embedding": 0, "layer": 0}""",
            """
            "type": "convolutional", "embeddingSize": 16, "modelSize": 24, "encoderLayers": 2, "decoderLayers": 2"""})
    void aSoundModelPassesEveryCheck(String model) {
        var failed = new ArrayList<Finding>();
        SanityLadder.climb(Subject.of(config(model), VOCABULARY), 2, finding -> {
            if (!finding.passed()) failed.add(finding);
        });
        assertEquals(List.of(), failed);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("shippedConfigs")
    void everyShippedConfigPassesEveryCheck(Path file) {
        var failed = new ArrayList<Finding>();
        SanityLadder.climb(Subject.of(Config.load(file, List.of()), 1009), 2, finding -> {
            if (!finding.passed()) failed.add(finding);
        });
        assertEquals(List.of(), failed);
    }

    static List<Path> shippedConfigs() throws IOException {
        try (var all = Files.walk(Path.of("configs"))) {
            return all.filter(path -> path.toString().endsWith(".json")).sorted().toList();
        }
    }

    @Test
    void anOutputThatIsTooSureOfItselfIsFound() {
        assertFound(new FirstLoss(), model -> with(model, (_, states) -> scale(states, 30)));
    }

    @Test
    void whatDiffersFromCallToCallIsFound() {
        var calls = new AtomicInteger();
        assertFound(new DeterminismCheck(),
                model -> with(model, (_, states) -> scale(states, 1 + 1e-6f * calls.incrementAndGet())));
    }

    @Test
    void sumsThatDependOnTheThreadsAreFound() {
        assertFound(new ThreadsCheck(), model -> with(model,
                (tape, states) -> scale(states, 1 + 1e-6f * nmt4j.tensor.Threads.of(tape))));
    }

    @Test
    void aLookAtTheNextWordIsFound() {
        assertFound(new FutureCheck(), model -> decoding(model, input -> shifted(input, 1)));
    }

    @Test
    void aDecoderThatDoesNotReadIsFound() {
        assertFound(new FutureCheck(), model -> decoding(model, SanityLadderTest::onlyStarts));
    }

    @Test
    void aBatchThatMixesItsSentencesIsFound() {
        assertFound(new NeighbourCheck(), model -> with(model, (_, states) -> {
            var first = states.value().rows(0, 1).toArray();
            states.value().rows(states.rows() - 1, states.rows()).copyFrom(first);
        }));
    }

    @Test
    void paddingIsFound() {
        assertFound(new PaddingCheck(), model -> encoding(model, SanityLadderTest::padded));
    }

    @Test
    void whatIsNotInTheFileIsFound() {
        var made = new AtomicInteger();
        assertFound(new SaveCheck(), model -> {
            float own = 1 + 0.1f * made.incrementAndGet();
            return with(model, (_, states) -> scale(states, own));
        });
    }

    @Test
    void aModelWithRoomBetweenTheRowsOfItsWeightsIsReadAsItWas() {
        var subject = Subject.of(config(TRANSFORMER.replace("\"feedForwardSize\": 26", "\"feedForwardSize\": 512")),
                VOCABULARY);
        try (var parallel = new Parallel(1)) {
            assertTrue(new SaveCheck().run(subject, parallel).passed());
        }
    }

    @Test
    void aParameterThatNothingReadsIsFound() {
        assertFound(new ReachCheck(), model -> {
            model.parameters().root().add("forgotten", 3, Initializer.ZERO);
            return model;
        });
    }

    @Test
    void aParameterWithoutItsGradientIsFound() {
        assertFound(new ReachCheck(), model -> {
            var factor = model.parameters().root().add("factor", 3, Initializer.constant(1));
            return with(model, (_, states) -> scale(states, factor.value().get(0, 0)));
        });
    }

    @Test
    void aGradientWithoutAUseIsFound() {
        assertFound(new ReachCheck(), model -> {
            var idle = model.parameters().root().add("idle", 3, Initializer.ZERO);
            return with(model, (tape, _) -> {
                if (tape.isTraining()) idle.receive().matrix().fill(1);
            });
        });
    }

    @Test
    void aStepThatTheBackwardPassDoesNotKnowIsFound() {
        assertFound(new SlopeCheck(), model -> with(model, (_, states) -> scale(states, 1.1f)));
    }

    @Test
    void aDecoderThatDoesNotSeeTheSourceIsFound() {
        assertFound(new OverfittingCheck(), model -> encoding(model, source -> PackedSentences.of(
                IntStream.range(0, source.size()).mapToObj(_ -> new int[] {7, Vocabulary.END})
                        .toList())));
    }

    @Test
    void anExceptionIsAFinding() {
        assertFound(new FirstLoss(), model -> with(model, (_, _) -> {
            throw new IllegalStateException("half written");
        }));
    }

    /// The check passes the model as it is, and not the one with the mistake.
    private static void assertFound(Check check, UnaryOperator<TranslationModel> mistake) {
        var config = config(TRANSFORMER + ", \"tiedEmbeddings\": \"none\"");
        var sound = new Subject(() -> ModelFactory.declare(config.model(), VOCABULARY, VOCABULARY), config, VOCABULARY,
                VOCABULARY);
        var planted = new Subject(() -> mistake.apply(sound.declare().get()), config, VOCABULARY, VOCABULARY);
        try (var parallel = new Parallel(2)) {
            assertTrue(SanityLadder.run(check, sound, parallel).passed());
            assertFalse(SanityLadder.run(check, planted, parallel).passed());
        }
    }

    @FunctionalInterface
    private interface Mistake {
        void make(Tape tape, Tensor states);
    }

    private static void scale(Tensor x, float factor) {
        var values = x.value().toArray();
        for (int i = 0; i < values.length; i++) values[i] *= factor;
        x.value().copyFrom(values);
    }

    /// The model with a mistake in what its decoder hands on.
    private static TranslationModel with(TranslationModel model, Mistake mistake) {
        return with(model, model.encoder(), (tape, encoded, input) -> {
            var states = model.decoder().decode(tape, encoded, input);
            mistake.make(tape, states);
            return states;
        });
    }

    private static TranslationModel decoding(TranslationModel model, UnaryOperator<PackedSentences> change) {
        return with(model, model.encoder(),
                (tape, encoded, input) -> model.decoder().decode(tape, encoded, change.apply(input)));
    }

    private static TranslationModel encoding(TranslationModel model, UnaryOperator<PackedSentences> change) {
        return with(model, (tape, source) -> model.encoder().encode(tape, change.apply(source)),
                model.decoder()::decode);
    }

    @FunctionalInterface
    private interface Decoding {
        Tensor decode(Tape tape, Encoded encoded, PackedSentences input);
    }

    private static TranslationModel with(TranslationModel model, Encoder encoder, Decoding decoding) {
        return new TranslationModel(model.parameters(), encoder, new Decoder() {
            @Override
            public Tensor decode(Tape tape, Encoded encoded, PackedSentences input) {
                return decoding.decode(tape, encoded, input);
            }

            @Override
            public DecoderState start(Encoded encoded) {
                return model.decoder().start(encoded);
            }
        }, model.output());
    }

    private static PackedSentences shifted(PackedSentences input, int by) {
        var tokens = input.tokens().clone();
        System.arraycopy(input.tokens(), by, tokens, 0, tokens.length - by);
        return new PackedSentences(tokens, input.offsets());
    }

    private static PackedSentences onlyStarts(PackedSentences input) {
        var tokens = new int[input.numTokens()];
        Arrays.fill(tokens, Vocabulary.START);
        return new PackedSentences(tokens, input.offsets());
    }

    /// Every sentence as long as the longest.
    private static PackedSentences padded(PackedSentences source) {
        var sentences = new ArrayList<int[]>();
        for (int b = 0; b < source.size(); b++) {
            var padded = new int[source.maxLength()];
            Arrays.fill(padded, Vocabulary.PADDING);
            System.arraycopy(source.sentence(b), 0, padded, 0, source.length(b));
            sentences.add(padded);
        }
        return PackedSentences.of(sentences);
    }
}
