package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimeStepsTest {
    private static final Sentences SENTENCES = Sentences.ofLengths(2, 5, 1, 3);

    @Test
    void aStepHasTheSentencesThatAreStillGoingOn() {
        var steps = TimeSteps.forward(SENTENCES);
        assertArrayEquals(new int[] {1, 3, 0, 2}, steps.order());
        assertEquals(5, steps.size());
        assertArrayEquals(new int[] {2, 8, 0, 7, 3, 9, 1, 4, 10, 5, 6}, steps.packedOfRow());
        assertArrayEquals(new int[] {6, 10, 1, 7, 5, 9, 0, 4, 8, 3, 2}, mirrored(TimeSteps.forward(SENTENCES)));
        assertArrayEquals(mirrored(TimeSteps.forward(SENTENCES)), TimeSteps.reversed(SENTENCES).packedOfRow());
        assertArrayEquals(new int[] {6, 10, 3, 8}, steps.lastRows());
    }

    /// The packed row of each row's mirror image.
    private static int[] mirrored(TimeSteps steps) {
        var packed = steps.packedOfRow();
        var mirrored = steps.mirrored();
        var result = new int[packed.length];
        for (int row = 0; row < result.length; row++) result[row] = packed[mirrored[row]];
        return result;
    }
}
