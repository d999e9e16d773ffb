package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/// NumPy 2.4.6, `r = numpy.random.default_rng(12345)`.
class Pcg64Test {
    /// `r.choice(n, size=12, replace=True)` for n = 7 and n = 3004.
    @Test
    void drawsTheIndicesThatNumpyDraws() {
        assertArrayEquals(new int[] {4, 1, 5, 2, 1, 5, 4, 4, 6, 2, 5, 2}, indices(12345, 7, 12));
        assertArrayEquals(new int[] {2100, 682, 2369, 951, 613, 2395, 1930, 2031, 2969, 1174, 2521, 999},
                indices(12345, 3004, 12));
    }

    /// `numpy.random.default_rng(2**40 + 3).choice(852516352, size=5)`: rejects some draws.
    @Test
    void takesSeedsAndBoundsOfAnySize() {
        assertArrayEquals(new int[] {625032895, 659554463, 379094880, 848984700, 324502486},
                indices((1L << 40) + 3, 852516352, 5));
        assertArrayEquals(new int[] {0, 0, 0}, indices(12345, 1, 3));
    }

    /// `r.integers(2, size=80, dtype=bool)`
    @Test
    void throwsTheCoinsThatNumpyThrows() {
        var random = new Pcg64(12345);
        var coins = new StringBuilder();
        for (int i = 0; i < 80; i++)
            coins.append(random.coin() ? 1 : 0);
        assertEquals("10111001100000111111111101001101101100011000110101001100010111000111101100100011",
                coins.toString());
    }

    private static int[] indices(long seed, int bound, int count) {
        var random = new Pcg64(seed);
        return IntStream.range(0, count).map(_ -> random.below(bound)).toArray();
    }
}
