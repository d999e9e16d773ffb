package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nmt4j.kernel.Gates;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.nn.ElmanCell;
import nmt4j.nn.GruCell;
import nmt4j.nn.JordanCell;
import nmt4j.nn.LstmCell;
import nmt4j.nn.RecurrentCell;
import nmt4j.nn.RecurrentLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Truncated backpropagation through time, cell by cell.
class TruncationTest {
    private static final int INPUTS = 5;
    private static final int SIZE = 7;
    private static final int LENGTH = 7;
    private static final int EVERY = 3; // cuts before steps 3 and 6

    /// A cell in a scope.
    private interface Maker {
        RecurrentCell make(Parameters.Scope scope);
    }

    static Stream<Maker> cells() {
        var start = Initializer.orthogonal();
        return Stream.of(scope -> LstmCell.of(scope, INPUTS, SIZE, start, 0),
                scope -> GruCell.of(scope, INPUTS, SIZE, start, 0),
                scope -> ElmanCell.of(scope, INPUTS, SIZE, Gates.TANH, start, 0),
                scope -> JordanCell.of(scope, INPUTS, SIZE, start, 0));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theGradientStopsAtACutAndIsThatOfTheChunkBehindIt(Maker maker) {
        try (var parallel = new Parallel(2); var tape = Tape.training(parallel).truncating(EVERY);
                var parameters = new Parameters()) {
            var cell = maker.make(parameters.root());
            parameters.allocate(true);
            parameters.initialize(7);
            tape.begin(1);
            var x = random(tape, LENGTH, INPUTS);
            var state = states(cell, x, Optional.empty());
            int[] chunk = {3, 6}; // steps 3, 4, 5
            var begin = stateAfter(state, chunk[0] - 1);
            var all = backward(tape, x, state, chunk[1] - 1);
            assertArrayEquals(new float[chunk[0] * INPUTS], all.rows(0, chunk[0]).toArray());
            assertArrayEquals(new float[(LENGTH - chunk[1]) * INPUTS], all.rows(chunk[1], LENGTH).toArray());
            var ofChunk = all.rows(chunk[0], chunk[1]).toArray();
            var weights = parameters.gradients().toArray();

            parameters.clearGradients();
            tape.begin(1);
            var part = tape.tensor(EVERY, INPUTS);
            part.value().copyFrom(random(tape, LENGTH, INPUTS).value().rows(chunk[0], chunk[1]).toArray());
            var carried = tape.tensor(1, begin.length);
            carried.value().copyFrom(begin);
            var unrolled = backward(tape, part, states(cell, part, Optional.of(carried)), EVERY - 1);
            assertArrayEquals(unrolled.toArray(), ofChunk, 1e-6f);
            assertArrayEquals(parameters.gradients().toArray(), weights, 1e-6f);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theWholeGradientOfEachStateIsShown(Maker maker) {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel).truncating(EVERY);
                var parameters = new Parameters()) {
            var cell = maker.make(parameters.root());
            parameters.allocate(true);
            parameters.initialize(7);
            tape.begin(1);
            var shown = new float[LENGTH];
            tape.listen((steps, states, gradient) -> {
                for (int t = 0; t < LENGTH; t++) for (float g : gradient.rows(t, t + 1).toArray()) shown[t] += g * g;
            });
            var x = random(tape, LENGTH, INPUTS);
            backward(tape, x, states(cell, x, Optional.empty()), 5);
            for (int t = 0; t < LENGTH; t++) assertEquals(t >= 3 && t <= 5, shown[t] > 0, "step " + t);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingComesToTheStartFromBehindACut(Maker maker) {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel).truncating(EVERY);
                var parameters = new Parameters()) {
            var cell = maker.make(parameters.root());
            parameters.allocate(true);
            parameters.initialize(7);
            for (int step = 0; step < LENGTH; step++) {
                tape.begin(1);
                var start = random(tape, 1, cell.parts() * SIZE);
                var x = random(tape, LENGTH, INPUTS);
                backward(tape, x, states(cell, x, Optional.of(start)), step);
                boolean moved = false;
                for (float g : start.gradientOrZero().toArray()) moved |= g != 0;
                assertEquals(step < EVERY, moved, "step " + step);
            }
        }
    }

    /// Backward, step t of 7 is the cell's own step 6 − t: the cuts lie before its steps 3 and 6.
    @ParameterizedTest
    @MethodSource("cells")
    void theOtherDirectionIsCutInItsOwnTime(Maker maker) {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel).truncating(EVERY);
                var parameters = new Parameters()) {
            var layer = new RecurrentLayer.BothWays(maker.make(parameters.root().in("forward")),
                    maker.make(parameters.root().in("backward")));
            parameters.allocate(true);
            parameters.initialize(7);
            tape.begin(1);
            var x = random(tape, LENGTH, INPUTS);
            var all = layer.apply(x, TimeSteps.forward(Sentences.ofLengths(LENGTH))).all();
            var dOutput = all.receive().matrix();
            dOutput.fill(0);
            dOutput.rows(1, 2).columns(SIZE, 2 * SIZE).fill(1); // the backward cell's step 5
            tape.backward();
            for (int t = 0; t < LENGTH; t++) {
                boolean reached = false;
                for (float g : x.gradient().rows(t, t + 1).toArray()) reached |= g != 0;
                assertEquals(t >= 1 && t <= 3, reached, "step " + t);
            }
        }
    }

    private static List<Sequence> states(RecurrentCell cell, Tensor x, Optional<Tensor> start) {
        var steps = TimeSteps.forward(Sentences.ofLengths(x.rows()));
        return RecurrentLayer.run(cell, RecurrentLayer.preActivations(cell, x, steps), steps, start);
    }

    private static float[] stateAfter(List<Sequence> state, int t) {
        var all = new float[state.size() * SIZE];
        for (int i = 0; i < state.size(); i++)
            System.arraycopy(state.get(i).all().value().rows(t, t + 1).toArray(), 0, all, i * SIZE, SIZE);
        return all;
    }

    /// The gradient of the inputs, if the loss is the sum of the output of one step.
    private static Matrix backward(Tape tape, Tensor x, List<Sequence> state, int step) {
        var dOutput = state.getFirst().all().receive().matrix();
        dOutput.fill(0);
        dOutput.rows(step, step + 1).fill(1);
        tape.backward();
        return x.gradient();
    }

    private static Tensor random(Tape tape, int rows, int columns) {
        var x = tape.tensor(rows, columns);
        Initializer.normal(1).fill(x.value(), 11);
        return x;
    }
}
