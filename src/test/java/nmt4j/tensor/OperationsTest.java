package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.kernel.Parallel;
import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void dropoutKeepsTheMeanAndTheBackwardPassHasItsMask() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel)) {
            tape.begin(3);
            var x = tape.tensor(100, 101);
            x.value().fill(1);
            var y = Operations.dropout(x, 0.3f);
            var kept = y.value().toArray();
            double mean = 0;
            for (float v : kept) {
                assertTrue(v == 0 || Math.abs(v - 1 / 0.7f) < 1e-6, "a dropped or scaled 1: " + v);
                mean += v / kept.length;
            }
            assertEquals(1, mean, 0.03); // three standard deviations are 0.02
            y.receive().matrix().fill(1);
            tape.backward();
            assertArrayEquals(kept, x.gradient().toArray());
        }
    }
}
