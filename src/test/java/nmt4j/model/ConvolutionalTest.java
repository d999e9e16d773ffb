package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Optional;
import nmt4j.config.ConvolutionalConfig;
import nmt4j.config.ModelConfig.TiedEmbeddings;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class ConvolutionalTest {
    @Test
    void theGradientThatComesToTheEncodersLayersIsDividedByTwiceTheAttentions() {
        var config =
                new ConvolutionalConfig(17, 22, 2, 2, 3, 11, TiedEmbeddings.NONE, Optional.empty(), Optional.empty(),
                        new ConvolutionalConfig.Dropout(0, 0));
        try (var parallel = new Parallel(1); var scaled = SmallModel.of(config);
                var unscaled = LossSlope.ofTheLoss(SmallModel.of(config)); var tape = Tape.training(parallel)) {
            tape.begin(1);
            scaled.train(tape, SmallModel.BATCH, 0.1f, 1);
            tape.begin(1);
            unscaled.train(tape, SmallModel.BATCH, 0.1f, 1);
            for (var name : List.of("encoder.layers.0.convolution.length", "encoder.output.direction",
                    "encoder.input.bias")) {
                var expected = gradient(unscaled, name);
                for (int i = 0; i < expected.length; i++) expected[i] /= 4;
                assertArrayEquals(expected, gradient(scaled, name), 1e-6f, name);
            }
            assertArrayEquals(gradient(unscaled, "decoder.input.direction"),
                    gradient(scaled, "decoder.input.direction"));
        }
    }

    private static float[] gradient(TranslationModel model, String name) {
        return model.parameters().get(name).gradient().toArray();
    }
}
