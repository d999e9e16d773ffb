package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import nmt4j.kernel.Parallel;
import nmt4j.tensor.Rows.Chosen;
import org.junit.jupiter.api.Test;

class ChunksTest {
    @Test
    void masksOfWholeSentencesAreThoseOfTheFirstChunkAndOthersAreNew() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel); var chunks = begun(tape)) {
            chunks.next();
            var first = tape.dropout(0.5f);
            var ofSentences = tape.dropoutOfSentences(0.5f);
            chunks.next();
            assertNotEquals(first, tape.dropout(0.5f));
            assertEquals(ofSentences, tape.dropoutOfSentences(0.5f));
        }
    }

    private static Chunks begun(Tape tape) {
        tape.begin(1);
        return new Chunks(tape);
    }

    /// d(2 · 3 x) + d(2 · 5 x); what was carried on counts as a constant.
    @Test
    void aChunkGoesBackwardAloneAndHandsOnValuesOnly() {
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel)) {
            tape.begin(1);
            var x = tape.tensor(1, 1);
            x.value().fill(2);
            var before = Operations.addDropped(x, x, 0);
            try (var chunks = new Chunks(tape)) {
                chunks.next();
                var y = Rows.scale(before, new float[] {3});
                y.receive().matrix().fill(1);
                var carried = chunks.backward(() -> Rows.detached(new Chosen(y, new int[] {0})));
                assertArrayEquals(new float[] {12}, carried.value().toArray());
                assertEquals(2, tape.numOperations(), "what is before, and what was carried");
                chunks.next();
                var z = Operations.addDropped(carried, Rows.scale(before, new float[] {5}), 0);
                z.receive().matrix().fill(1);
                chunks.backward(() -> null);
            }
            assertFalse(x.hasGradient());
            tape.backward();
            assertArrayEquals(new float[] {2 * (3 + 5)}, x.gradient().toArray());
        }
    }
}
