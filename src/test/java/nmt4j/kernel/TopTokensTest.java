package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopTokensTest {
    private static final int ROWS = 3;

    @BeforeAll
    static void comesAfterTheWarmUp() {
        assertEquals(0, WarmUp.LONGEST);
    }

    private static TopTokens ofScalars(Matrix z, Matrix bias, int k) {
        var top = new TopTokens(z.rows(), k);
        for (int row = 0; row < z.rows(); row++)
            for (int j = 0; j < z.columns(); j += TopTokens.SEGMENT)
                top.addScalars(row, z.row(row) + (long) j * Float.BYTES, bias.address() + (long) j * Float.BYTES,
                        Math.min(TopTokens.SEGMENT, z.columns() - j), j);
        return top;
    }

    /// Rows of one segment, of some, and of parts of one.
    @ParameterizedTest
    @CsvSource({"5, 3", "5, 9", "67, 8", "512, 1", "513, 4", "1500, 12"})
    void theLikeliestTokensAreThoseOfTheSoftmax(int columns, int k) {
        try (var arena = new Arena()) {
            var z = random(arena.matrix(ROWS, columns), 1);
            var bias = random(arena.matrix(1, columns), 2);
            var expected = logProbabilities(z, bias);
            var top = new TopTokens(ROWS, k);
            top.add(z.rows(0, 1), 0, 0, bias);
            top.add(z.rows(1, ROWS), 1, 0, bias);
            top.finish(0, ROWS);
            for (int row = 0; row < ROWS; row++) {
                var logs = expected[row];
                var best = IntStream.range(0, columns).boxed()
                        .sorted(Comparator.comparingDouble((Integer v) -> -logs[v])).limit(k).toList();
                assertEquals(best.size(), top.count(row));
                for (int i = 0; i < best.size(); i++) {
                    assertEquals(best.get(i), top.token(row, i), "row " + row + ", place " + i);
                    assertEquals(logs[best.get(i)], top.logProbability(row, i), 2e-5);
                }
            }
        }
    }

    /// Whole rows at once, segment by segment, normalised or not, by vectors or one by one: one and the same bits.
    @ParameterizedTest
    @CsvSource({"67, 5", "1500, 12", "4096, 3"})
    void bitsDoNotDependOnHowColumnsCome(int columns, int k) {
        try (var arena = new Arena()) {
            var bias = random(arena.matrix(1, columns), 2);
            var z = random(arena.matrix(ROWS, columns), 1);
            var whole = new TopTokens(ROWS, k);
            whole.add(z, 0, 0, bias);
            whole.normalize(z, 0, ROWS);
            var parts = new TopTokens(ROWS, k);
            var other = random(arena.matrix(ROWS, columns), 1);
            for (int j = 0; j < columns; j += TopTokens.SEGMENT)
                parts.add(other.columns(j, Math.min(columns, j + TopTokens.SEGMENT)), 0, j, bias);
            var one = random(arena.matrix(ROWS, columns), 1);
            var scalars = ofScalars(one, bias, k);
            for (int row = 0; row < ROWS; row++) scalars.normalizeScalars(one, row);
            assertArrayEquals(z.toArray(), one.toArray());
            for (var top : List.of(whole, parts, scalars)) top.finish(0, ROWS);
            for (int row = 0; row < ROWS; row++)
                for (int i = 0; i < k; i++)
                    for (var top : List.of(parts, scalars)) {
                        assertEquals(whole.token(row, i), top.token(row, i));
                        assertEquals(whole.logProbability(row, i), top.logProbability(row, i));
                        assertEquals(z.get(row, top.token(row, i)), top.logProbability(row, i));
                    }
        }
    }

    @Test
    void ofEqualTokensTheLowerComesFirst() {
        try (var arena = new Arena()) {
            var z = arena.matrix(1, 1200);
            var bias = arena.matrix(1, 1200);
            z.fill(-1);
            bias.fill(0);
            for (int token : new int[] {1100, 700, 30}) z.set(0, token, 2);
            var top = new TopTokens(1, 4);
            top.add(z, 0, 0, bias);
            top.finish(0, 1);
            assertArrayEquals(new int[] {30, 700, 1100, 0},
                    IntStream.range(0, 4).map(i -> top.token(0, i)).toArray());
        }
    }

    /// The two differ by less than log p can say.
    @Test
    void ofTokensThatRoundingMakesEqualTheLowerComesFirst() {
        try (var arena = new Arena()) {
            var z = arena.matrix(1, 5000);
            var bias = arena.matrix(1, 5000);
            z.fill(0);
            bias.fill(0);
            z.set(0, 7, 1e-3f);
            z.set(0, 900, Math.nextUp(1e-3f));
            var top = new TopTokens(1, 2);
            top.add(z, 0, 0, bias);
            top.finish(0, 1);
            assertEquals(top.logProbability(0, 0), top.logProbability(0, 1));
            assertArrayEquals(new int[] {7, 900}, IntStream.range(0, 2).map(i -> top.token(0, i)).toArray());
        }
    }

    @Test
    void aSegmentWithoutAPossibleTokenIsNoHindrance() {
        try (var arena = new Arena()) {
            var z = arena.matrix(1, 700);
            var bias = arena.matrix(1, 700);
            z.fill(Float.NEGATIVE_INFINITY);
            bias.fill(0);
            z.set(0, 600, 3);
            var top = new TopTokens(1, 2);
            top.add(z, 0, 0, bias);
            top.finish(0, 1);
            assertEquals(1, top.count(0));
            assertEquals(600, top.token(0, 0));
            assertEquals(0, top.logProbability(0, 0));
        }
    }

    /// A logit that is no number leaves none of its row's tokens possible, and other rows as they are.
    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void whatIsNoNumberSpoilsItsOwnRowAlone(float odd) {
        try (var arena = new Arena()) {
            var z = random(arena.matrix(2, 700), 1);
            var bias = arena.matrix(1, 700);
            bias.fill(0);
            z.set(0, 600, odd);
            var top = new TopTokens(2, 3);
            top.add(z, 0, 0, bias);
            top.finish(0, 2);
            for (int i = 0; i < 3; i++) {
                assertTrue(!(top.logProbability(0, i) > Float.NEGATIVE_INFINITY));
                assertTrue(top.logProbability(1, i) > Float.NEGATIVE_INFINITY);
            }
        }
    }

    /// x86 makes NaN with the sign, which is below −∞ in the order of bits.
    @ParameterizedTest
    @ValueSource(ints = {0x7fc00000, 0xffc00000})
    void aSegmentOfNaNAloneSpoilsItsRow(int bits) {
        try (var arena = new Arena()) {
            var z = random(arena.matrix(1, 700), 1);
            var bias = arena.matrix(1, 700);
            bias.fill(0);
            z.columns(0, TopTokens.SEGMENT).fill(Float.intBitsToFloat(bits));
            var top = new TopTokens(1, 3);
            top.add(z, 0, 0, bias);
            top.finish(0, 1);
            assertTrue(top.count(0) > 0);
            for (int i = 0; i < top.count(0); i++) assertTrue(Float.isNaN(top.logProbability(0, i)));
        }
    }

    private static double[][] logProbabilities(Matrix z, Matrix bias) {
        var logs = new double[z.rows()][z.columns()];
        for (int row = 0; row < z.rows(); row++) {
            double sum = 0;
            for (int v = 0; v < z.columns(); v++)
                sum += Math.exp(logs[row][v] = (double) z.get(row, v) + bias.get(0, v));
            for (int v = 0; v < z.columns(); v++) logs[row][v] -= Math.log(sum);
        }
        return logs;
    }

    private static Matrix random(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, 4 * (float) Randomness.normal(key, (long) i * x.columns() + j));
        return x;
    }
}
