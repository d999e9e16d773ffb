package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.ShippedConfigs;
import nmt4j.config.Config;
import nmt4j.config.ModelConfig;
import nmt4j.config.TransformerConfig;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Training in bfloat16 is training in float32, but for rounding: every family, its small models.
class Bfloat16TrainingTest {
    /// A number is rounded by up to 2⁻⁸ = 0.4 %; through a model's layers it adds up.
    private static final double LIMIT = 0.03;

    /// @param gradient  of all parameters
    private record Pass(double loss, float[] gradient) {}

    @ParameterizedTest
    @MethodSource("nmt4j.ShippedConfigs#small")
    void lossAndGradientAreThoseOfFloat32ButForRounding(Config config) {
        var model = smooth(ShippedConfigs.withoutDropout(config)).model();
        var exact = pass(model, 1, false);
        var rounded = pass(model, 1, true);
        assertEquals(exact.loss, rounded.loss, 0.01 * exact.loss);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < exact.gradient.length; i++) {
            difference += Math.pow(exact.gradient[i] - rounded.gradient[i], 2);
            norm += Math.pow(exact.gradient[i], 2);
        }
        assertTrue(difference > 0, "nothing was rounded");
        double relative = Math.sqrt(difference / norm);
        assertTrue(relative < LIMIT, () -> "gradient is off by " + relative + ": " + config.model());
    }

    /// Rounding moves some sum across 0, where ReLU's slope jumps: in a small model that is more than rounding.
    private static Config smooth(Config config) {
        if (!(config.model() instanceof TransformerConfig)) return config;
        return Config.parse(config.toJson().replace("\"relu\"", "\"gelu\""), "smooth");
    }

    @ParameterizedTest
    @MethodSource("nmt4j.ShippedConfigs#small")
    void oneThreadAndThreeGiveTheSameGradient(Config config) {
        assertArrayEquals(pass(config.model(), 1, true).gradient, pass(config.model(), 3, true).gradient);
    }

    private static Pass pass(ModelConfig config, int threads, boolean inBfloat16) {
        try (var parallel = new Parallel(threads); var model = SmallModel.of(config);
                var tape = Tape.training(parallel)) {
            if (inBfloat16) tape.inBfloat16();
            tape.begin(1);
            var loss = model.train(tape, SmallModel.BATCH, 0.1f, 1);
            return new Pass(loss.loss(), model.parameters().gradients().toArray());
        }
    }
}
