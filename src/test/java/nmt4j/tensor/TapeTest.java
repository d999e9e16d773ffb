package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Function;
import nmt4j.kernel.Parallel;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static final int ROWS = 240;
    private static final int COLUMNS = 7;

    /// In training all of it is needed for the way back.
    @Test
    void aStackOfLayersTakesTheMemoryOfOneInInference() {
        long tensor = (long) ROWS * COLUMNS * Float.BYTES;
        assertEquals(2 * tensor, peak(Tape::inference, 9) - peak(Tape::inference, 7), "the layers' results");
        assertEquals(6 * tensor, peak(Tape::training, 9) - peak(Tape::training, 7));
    }

    private static long peak(Function<Parallel, Tape> maker, int layers) {
        try (var parallel = new Parallel(1); var tape = maker.apply(parallel)) {
            tape.begin(1);
            var x = tape.tensor(ROWS, COLUMNS);
            x.value().fill(1);
            for (int l = 0; l < layers; l++) x = tape.layer(TapeTest::threeTensors, x);
            assertEquals(1 << layers, x.value().get(ROWS - 1, COLUMNS - 1));
            return tape.arena().peak();
        }
    }

    /// Of what flows through it, too: two tensors, and two that take their place.
    @Test
    void aStackWithResidualConnectionsTakesTheMemoryOfOneLayerInInference() {
        assertEquals(peakOfStack(Tape::inference, 2), peakOfStack(Tape::inference, 9));
    }

    private static long peakOfStack(Function<Parallel, Tape> maker, int layers) {
        try (var parallel = new Parallel(1); var tape = maker.apply(parallel)) {
            tape.begin(1);
            var x = tape.tensor(ROWS, COLUMNS);
            x.value().fill(1);
            var stream = new ResidualStream(x, x);
            for (int l = 0; l < layers; l++)
                stream = tape.layer(s -> new ResidualStream(threeTensors(s.sum()), threeTensors(s.normal())), stream);
            assertEquals(1 << layers, stream.sum().value().get(ROWS - 1, COLUMNS - 1));
            assertEquals(1 << layers, stream.normal().value().get(ROWS - 1, COLUMNS - 1));
            return tape.arena().peak();
        }
    }

    private static Tensor threeTensors(Tensor x) {
        var copy = Operations.addDropped(x, x, 0);
        var zeros = Rows.scale(copy, new float[ROWS]);
        return Operations.addDropped(copy, zeros, 0);
    }

    @Test
    void whatWasVacatedTakesMemoryAgainInTheNextPass() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel)) {
            float first = gradient(tape);
            tape.vacate();
            assertEquals(0, tape.arena().capacity());
            assertEquals(first, gradient(tape));
        }
    }

    private static float gradient(Tape tape) {
        tape.begin(1);
        var x = tape.tensor(ROWS, COLUMNS);
        x.value().fill(1);
        var y = Operations.dropout(Operations.addDropped(x, x, 0), 0.5f);
        y.receive().matrix().fill(1);
        tape.backward();
        float sum = 0;
        for (float g : x.gradient().toArray()) sum += g;
        return sum;
    }

    @Test
    void aLayerThatMakesNothingGivesItsInput() {
        try (var parallel = new Parallel(1); var tape = Tape.inference(parallel)) {
            tape.begin(1);
            var x = tape.tensor(ROWS, COLUMNS);
            assertSame(x, tape.layer(y -> y, x));
            assertEquals(ROWS, x.rows());
            assertThrows(IllegalStateException.class, () -> tape.layer(y -> tape.layer(z -> z, y), x));
        }
    }
}
