package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
    @Test
    void aScaledGradientLeavesTheValue() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel)) {
            tape.begin(1);
            var x = tape.tensor(3, 11);
            x.value().fill(5);
            var y = Convolution.scaleGradient(x, 0.25f);
            assertArrayEquals(x.value().toArray(), y.value().toArray());
            y.receive().matrix().fill(8);
            tape.backward();
            for (float d : x.gradient().toArray()) assertEquals(2, d);
        }
    }

    @Test
    void whatComesLaterChangesNoStepBefore() {
        var steps = TimeSteps.forward(Sentences.ofLengths(6));
        try (var parallel = new Parallel(1); var tape = Tape.inference(parallel)) {
            tape.begin(1);
            var x = tape.tensor(6, 2);
            x.value().fill(1);
            var before = Window.causal(steps, 3).apply(x).value().rows(0, 4).toArray();
            x.value().rows(4, 6).fill(9);
            assertArrayEquals(before, Window.causal(steps, 3).apply(x).value().rows(0, 4).toArray());
            assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1}, Arrays.copyOf(before, 6),
                    "the first step sees itself alone");
        }
    }
}
