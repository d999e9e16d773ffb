package nmt4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
    private static int[] places(int size, long key) {
        var permutation = new Permutation(size, key);
        return IntStream.range(0, size).map(permutation::at).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 65_536, 65_537, 300_000})
    void everyNumberComesOnce(int size) {
        assertArrayEquals(IntStream.range(0, size).toArray(), IntStream.of(places(size, 42)).sorted().toArray());
        assertArrayEquals(IntStream.range(0, size).toArray(),
                IntStream.of(Permutation.shuffled(size, 42)).sorted().toArray());
    }

    @Test
    void theKeyDecidesTheOrder() {
        assertArrayEquals(places(1000, 1), places(1000, 1));
        assertNotEquals(Arrays.toString(places(1000, 1)), Arrays.toString(places(1000, 2)));
    }

    /// χ² over the 24 orders of 4 things, 23 degrees of freedom: above 49.7 with a probability of 0.001.
    @Test
    void allOrdersAreEquallyLikely() {
        for (boolean feistel : new boolean[] {true, false}) {
            var counts = new HashMap<String, Integer>();
            for (int key = 0; key < 2400; key++)
                counts.merge(Arrays.toString(feistel ? places(4, key) : Permutation.shuffled(4, key)), 1, Integer::sum);
            assertEquals(24, counts.size());
            double chiSquared =
                    counts.values().stream().mapToDouble(count -> (count - 100.0) * (count - 100.0) / 100).sum();
            assertTrue(chiSquared < 49.7, "χ² = " + chiSquared);
        }
    }

    /// The first value of the reference generator (java.util.SplittableRandom's) from state 0 is the finaliser of its
    /// γ.
    @Test
    void theMixerIsThatOfSplitMix64() {
        assertEquals(new SplittableRandom(0).nextLong(), SplitMix.mix(0, 0));
        assertEquals(0.5, SplitMix.unit(1L << 63));
        assertEquals(9, SplitMix.below(10, -1));
    }
}
