package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.Stream;
import nmt4j.ShippedConfigs;
import nmt4j.config.Config;
import nmt4j.config.RnnConfig;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Truncated backpropagation through whole recurrent models; cell by cell it is in `TruncationTest`.
class RnnTest {
    private static final int LONGEST = 8; // of the batch, `</s>` counted

    static Stream<Named<Config>> recurrent() {
        return ShippedConfigs.small().filter(config -> config.getPayload().model() instanceof RnnConfig);
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void truncationAtTheLongestSentenceIsNone(Config config) {
        var full = gradient(config, Integer.MAX_VALUE);
        assertArrayEquals(full, gradient(config, LONGEST));
        assertFalse(Arrays.equals(full, gradient(config, 2)));
    }

    private static float[] gradient(Config config, int truncation) {
        try (var parallel = new Parallel(1); var model = SmallModel.of(config.model());
                var tape = Tape.training(parallel).truncating(truncation)) {
            tape.begin(1);
            model.train(tape, SmallModel.BATCH, 0.1f, 1);
            return model.parameters().gradients().toArray();
        }
    }
}
