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

    @Test
    void someStepsByThemselvesHaveTheSameRowsAndPlaces() {
        var steps = TimeSteps.forward(SENTENCES); // 5, 3, 2 and 1 steps
        var some = steps.between(1, 3);
        assertEquals(2, some.size());
        assertArrayEquals(new int[] {0, 1, 2}, some.order());
        assertEquals(steps.active(1), some.active(0));
        assertEquals(steps.active(2), some.active(1));
        assertEquals(steps.begin(3) - steps.begin(1), some.rows());
        assertArrayEquals(new int[] {3, 4, 2}, some.lastRows());
        assertEquals(2, steps.between(3, 5).size());
        assertEquals(1, steps.between(3, 5).places());
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
