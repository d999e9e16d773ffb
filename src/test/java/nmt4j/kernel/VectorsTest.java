package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorsTest {
    private static final float[] NUMBERS = {-0f, 0f, 1.5f, -1.5f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE,
            -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};

    @Test
    void theLeastAndTheLargestAreThoseOfFloats() {
        for (float x : NUMBERS)
            for (float y : NUMBERS) {
                var v = Vectors.broadcast(x).withLane(Vectors.LANES - 1, y);
                assertBits(Math.max(x, y), Vectors.largest(Vectors.ordered(v)));
                assertBits(Math.min(x, y), Vectors.least(Vectors.ordered(v)));
            }
    }

    @Test
    void eitherTheLeastOrTheLargestIsNaNIfALaneIs() {
        for (int bits : new int[] {0x7fc00000, 0xffc00000}) {
            var v = Vectors.ordered(Vectors.broadcast(Float.POSITIVE_INFINITY).withLane(0, Float.NEGATIVE_INFINITY)
                    .withLane(1, Float.intBitsToFloat(bits)));
            assertTrue(Float.isNaN(Vectors.least(v)) || Float.isNaN(Vectors.largest(v)));
        }
    }

    @Test
    void boundsAreThoseOfMaxAndMin() {
        for (float bound : new float[] {0f, -87.3f, 88.3f})
            for (float x : NUMBERS) {
                assertBits(Math.max(x, bound), lane(Vectors.atLeast(Vectors.broadcast(x), bound)));
                assertBits(Math.min(x, bound), lane(Vectors.atMost(Vectors.broadcast(x), bound)));
            }
        assertTrue(Float.isNaN(lane(Vectors.atLeast(Vectors.broadcast(Float.NaN), 0))));
        assertTrue(Float.isNaN(lane(Vectors.atMost(Vectors.broadcast(Float.NaN), 0))));
    }

    private static float lane(FloatVector v) {
        return v.lane(Vectors.LANES - 1);
    }

    private static void assertBits(float expected, float actual) {
        assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(actual),
                () -> expected + " and " + actual);
    }
}
