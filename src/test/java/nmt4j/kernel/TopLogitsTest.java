package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopLogitsTest {
    private static final int ROWS = 3;
    private static final int K = 6;

    @BeforeAll
    static void comesAfterTheWarmUp() {
        assertEquals(0, WarmUp.LONGEST);
    }

    /// Whole rows at once, segment by segment, and one number at a time.
    @ParameterizedTest
    @ValueSource(ints = {7, 67, 512, 1_500})
    void areThoseOfTheLikeliestTokens(int columns) {
        try (var arena = new Arena()) {
            var z = random(arena.matrix(ROWS, columns), 1);
            var bias = random(arena.matrix(1, columns), 2);
            var whole = new TopLogits(ROWS, K);
            whole.add(copy(arena, z), 0, 0, bias);
            var scalars = new TopLogits(ROWS, K);
            var copy = copy(arena, z);
            for (int row = 0; row < ROWS; row++) scalars.addScalars(row, copy.row(row), bias.address(), columns, 0);
            var parts = new TopLogits(ROWS, K);
            for (int j = 0; j < columns; j += TopTokens.SEGMENT)
                parts.add(copy(arena, z).columns(j, Math.min(columns, j + TopTokens.SEGMENT)), 0, j, bias);
            var likeliest = new TopTokens(ROWS, K);
            likeliest.add(z, 0, 0, bias);
            likeliest.finish(0, ROWS);
            for (var top : List.of(whole, scalars, parts))
                for (int row = 0; row < ROWS; row++) {
                    assertEquals(K, top.count(row));
                    for (int i = 0; i < K; i++) assertEquals(likeliest.token(row, i), top.token(row, i));
                    assertTrue(top.areApart(row, 0, 1));
                }
        }
    }

    /// Rows of all sizes whose best two are next to each other, or not: never apart are two that the softmax makes equal.
    @Test
    void whatIsApartHasAnotherProbability() {
        var random = new Random(3);
        int near = 0;
        int equal = 0;
        for (int trial = 0; trial < 2_000; trial++)
            try (var arena = new Arena()) {
                float size = (float) Math.pow(10, random.nextInt(-3, 4));
                var z = arena.matrix(1, 40);
                for (int v = 0; v < 40; v++) z.set(0, v, size * (float) random.nextGaussian());
                float best = size * (3 + random.nextFloat());
                z.set(0, 7, best);
                z.set(0, 5, best - random.nextInt(12) * Math.ulp(best));
                z.set(0, 9, best + (random.nextBoolean() ? 30 * random.nextFloat() : 0)); // above both, or with them
                var bias = arena.matrix(1, 40);
                bias.fill(0);
                var top = new TopLogits(1, 3);
                top.add(copy(arena, z), 0, 0, bias);
                var likeliest = new TopTokens(1, 3);
                likeliest.add(z, 0, 0, bias);
                likeliest.finish(0, 1);
                for (int i = 0; i < 2; i++) {
                    if (likeliest.logProbability(0, i) == likeliest.logProbability(0, i + 1)) equal++;
                    if (!top.areApart(0, i, i + 1)) near++;
                    else assertTrue(likeliest.logProbability(0, i) > likeliest.logProbability(0, i + 1),
                            "trial " + trial);
                }
            }
        assertTrue(equal > 100 && near > equal, near + " near, " + equal + " equal");
    }

    @Test
    void tokensWithEqualLogitsAreInOrderAndNotApart() {
        try (var arena = new Arena()) {
            var z = arena.matrix(1, 700);
            z.fill(-2000);
            for (int v : new int[] {600, 5, 30}) z.set(0, v, 1);
            var bias = arena.matrix(1, 700);
            bias.fill(0);
            var top = new TopLogits(1, 4);
            top.add(z, 0, 0, bias);
            assertEquals(List.of(5, 30, 600, 0), IntStream.range(0, 4).mapToObj(i -> top.token(0, i)).toList());
            assertFalse(top.areApart(0, 0, 1));
            assertTrue(top.areApart(0, 2, 3));
        }
    }

    /// As of log-probabilities, which are NaN then.
    @ParameterizedTest
    @ValueSource(ints = {0x7fc00000, 0xffc00000, 0x7f800000})
    void aRowWithoutProbabilitiesHasNone(int bits) {
        for (int column : new int[] {0, 600, 699})
            try (var arena = new Arena()) {
                var bias = arena.matrix(1, 700);
                bias.fill(0);
                var z = random(arena.matrix(2, 700), 1);
                z.set(0, column, Float.intBitsToFloat(bits));
                var vectors = new TopLogits(2, 3);
                vectors.add(copy(arena, z), 0, 0, bias);
                var scalars = new TopLogits(2, 3);
                for (int row = 0; row < 2; row++) scalars.addScalars(row, z.row(row), bias.address(), 700, 0);
                for (var top : List.of(vectors, scalars)) {
                    assertEquals(0, top.count(0));
                    assertEquals(3, top.count(1));
                }
            }
    }

    /// What can not be said is no candidate, and does not hide the others.
    @Test
    void minusInfinityIsNoCandidate() {
        try (var arena = new Arena()) {
            var bias = arena.matrix(1, 700);
            bias.fill(0);
            var z = arena.matrix(1, 700);
            z.fill(Float.NEGATIVE_INFINITY);
            z.set(0, 300, 1);
            z.set(0, 20, -5);
            var top = new TopLogits(1, 3);
            top.add(z, 0, 0, bias);
            assertEquals(2, top.count(0));
            assertEquals(300, top.token(0, 0));
            assertTrue(top.areApart(0, 0, 1));
        }
    }

    private static Matrix copy(Arena arena, Matrix x) {
        var copy = arena.matrix(x.rows(), x.columns());
        Elementwise.copy(x, copy);
        return copy;
    }

    private static Matrix random(Matrix x, long seed) {
        var random = new Random(seed);
        for (int row = 0; row < x.rows(); row++)
            for (int v = 0; v < x.columns(); v++) x.set(row, v, (float) random.nextGaussian());
        return x;
    }
}
