package nmt4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Optional;
import nmt4j.kernel.Gates;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameters;
import nmt4j.tensor.Sentences;
import nmt4j.tensor.Tape;
import nmt4j.tensor.TimeSteps;
import org.junit.jupiter.api.Test;

class ElmanCellTest {
    /// What an IRNN begins with (Le, Jaitly & Hinton 2015): where there is nothing to read, it keeps what it has.
    @Test
    void withReluAndTheIdentityAStateStaysAsItIs() {
        try (var parallel = new Parallel(1); var parameters = new Parameters();
                var tape = Tape.inference(parallel)) {
            var cell = ElmanCell.of(parameters.root(), 5, 7, Gates.RELU, Initializer.identity(), 0);
            parameters.allocate(false);
            parameters.initialize(1);
            tape.begin(1);
            var nothing = tape.tensor(100, 5);
            nothing.value().fill(0);
            var start = tape.tensor(1, 7);
            for (int j = 0; j < 7; j++) start.value().set(0, j, j / 3f);
            var steps = TimeSteps.forward(Sentences.ofLengths(100));
            var state = RecurrentLayer.run(cell, RecurrentLayer.preActivations(cell, nothing, steps), steps,
                    Optional.of(start));
            assertArrayEquals(start.value().toArray(), RecurrentLayer.last(state).value().toArray());
        }
    }
}
