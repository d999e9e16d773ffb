package nmt4j.model;

import static nmt4j.config.ModelConfig.TiedEmbeddings.ALL;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.ShippedConfigs;
import nmt4j.config.Config;
import nmt4j.config.OptimizerConfig;
import nmt4j.data.Batch;
import nmt4j.kernel.Parallel;
import nmt4j.optim.Optimizer;
import nmt4j.optim.Trainable;
import nmt4j.tensor.Tape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How the models of the shipped configs begin, and that small ones can learn.
class EveryModelLearnsTest {
    private static final double LEARNT = 0.02;
    private static final int UPDATES = 600;
    private static final int WARMUP = 30;

    @ParameterizedTest
    @MethodSource("nmt4j.ShippedConfigs#small")
    void eightSentencesAreLearntByHeart(Config config) {
        var batch = random(8, 7, 13);
        try (var parallel = new Parallel(1);
                var model = SmallModel.of(ShippedConfigs.withoutDropout(config).model());
                var tape = Tape.training(parallel)) {
            var trainable = new Trainable(model.parameters(), List.of(), parallel);
            double loss = Double.MAX_VALUE;
            try (var optimizer = Optimizer.of(new OptimizerConfig.Adam(0.9, 0.98, 1e-9), trainable)) {
                for (int update = 1; update <= UPDATES && loss >= LEARNT; update++) {
                    model.parameters().clearGradients();
                    tape.begin(update);
                    loss = model.train(tape, batch, 0, 1f / batch.targetTokens()).perToken();
                    model.parameters().settleGradients(List.of());
                    optimizer.update(update, 0.01 * Math.min(1, (double) update / WARMUP),
                            Trainable.clippingScale(trainable.gradientNorm(), 1));
                }
            }
            assertTrue(loss < LEARNT, "loss a token: " + loss);
        }
    }

    /// The entropy of a guess is ln V; what is above is what the random weights prefer.
    @ParameterizedTest
    @MethodSource("nmt4j.ShippedConfigs#whole")
    void theFirstLossIsThatOfAGuess(Config config) {
        int vocabulary = 2003;
        int source = config.model().tiedEmbeddings() == ALL ? vocabulary : 1009;
        try (var parallel = new Parallel(1); var model = ModelFactory.declare(config.model(), source, vocabulary);
                var tape = Tape.inference(parallel)) {
            model.parameters().allocate(false);
            model.parameters().initialize(config.seed());
            tape.begin(1);
            var smoothing = (float) config.training().loss().labelSmoothing();
            double loss = model.evaluate(tape, random(16, 23, 1009), smoothing).perToken();
            double guess = Math.log(vocabulary);
            assertTrue(loss > 0.98 * guess && loss < 1.08 * guess, "loss " + loss + ", ln V is " + guess);
        }
    }

    /// Sentences of 1 to `longest` random words.
    private static Batch random(int sentences, int longest, int vocabulary) {
        var random = new Random(5);
        var sources = new ArrayList<int[]>();
        var targets = new ArrayList<int[]>();
        for (int i = 0; i < sentences; i++) {
            sources.add(random.ints(1 + random.nextInt(longest), 4, vocabulary).toArray());
            targets.add(random.ints(1 + random.nextInt(longest), 4, vocabulary).toArray());
        }
        return Batch.of(sources, targets);
    }
}
