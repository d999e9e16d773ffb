package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import nmt4j.config.LengthPenaltyConfig;
import org.junit.jupiter.api.Test;

/// Small pure formulas, by hand values.
class FormulasTest {
    @Test
    void lengthPenalties() {
        assertEquals(-4, LengthPenalty.of(new LengthPenaltyConfig.None()).score(-4, 7));
        assertEquals(-4 / 8.0, LengthPenalty.of(new LengthPenaltyConfig.Average()).score(-4, 8));
        assertEquals(-4 / 2.0, LengthPenalty.of(new LengthPenaltyConfig.Gnmt(1)).score(-4, 7), 1e-12); // (5 + 7) / 6 = 2
        assertEquals(-4 / 1.515716566510398, LengthPenalty.gnmt(0.6).score(-4, 7), 1e-12);                // 2^0.6
        assertEquals(-4, LengthPenalty.gnmt(0.6).score(-4, 1));
        assertEquals(-4 + 0.5 * 7, LengthPenalty.of(new LengthPenaltyConfig.Reward(0.5)).score(-4, 7));
    }

    @Test
    void noPenaltyFallsWithTheLength() {
        var random = new Random(1);
        for (var penalty : List.of(LengthPenalty.NONE, LengthPenalty.AVERAGE, LengthPenalty.gnmt(0.9),
                LengthPenalty.reward(0.1)))
            for (int i = 0; i < 100; i++) {
                double logProbability = -10 * random.nextDouble();
                int length = 1 + random.nextInt(50);
                assertTrue(penalty.score(logProbability, length) <= penalty.score(logProbability, length + 1));
            }
    }

    @Test
    void theLongestTranslationGrowsWithTheSource() {
        assertEquals(2 * 7 + 20, new Lengths(0, 2, 20).maximum(7));
        assertEquals(11, new Lengths(0, 1.5, 1).maximum(7)); // 11.5
        assertEquals(40, new Lengths(40, 1, 1).maximum(7));
    }

    @Test
    void aHypothesisCountsItsEnd() {
        var ended = Prefix.EMPTY.then(5, -1).then(6, -0.5f).then(3, -0.25f).end(LengthPenalty.AVERAGE);
        assertArrayEquals(new int[] {5, 6}, ended.tokens());
        assertArrayEquals(new float[] {-1, -0.5f, -0.25f}, ended.logProbabilities());
        assertEquals(-1.75, ended.logProbability());
        assertEquals(-1.75 / 3, ended.score());
    }
}
