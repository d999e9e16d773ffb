package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nmt4j.kernel.Arena;
import nmt4j.kernel.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InitializerTest {
    private static final int N = 37;
    private static final int BLOCKS = 3;

    private final Arena arena = new Arena();

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void eachBlockIsOrthogonalAndAnother() {
        var value = filled(Initializer.orthogonal(), N, BLOCKS * N);
        for (int block = 0; block < BLOCKS; block++) {
            var u = value.columns(block * N, (block + 1) * N);
            for (int i = 0; i < N; i++)
                for (int j = 0; j < N; j++) assertEquals(i == j ? 1 : 0, dot(u, i, u, j), 1e-5, i + ", " + j);
        }
        var first = value.columns(0, N);
        var second = value.columns(N, 2 * N);
        assertTrue(Math.abs(dot(first, 0, second, 0)) < 0.9, "the blocks are alike");
    }

    @Test
    void eachBlockIsTheIdentity() {
        var value = filled(Initializer.identity(), N, BLOCKS * N);
        for (int i = 0; i < N; i++)
            for (int j = 0; j < BLOCKS * N; j++) assertEquals(j % N == i ? 1 : 0, value.get(i, j));
    }

    /// Uniform in ±b has mean 0 and variance b² / 3, here 2 / (fan-in + fan-out).
    @Test
    void xavierIsUniformWithTheVarianceOfItsPaper() {
        assertUniform(Math.sqrt(6.0 / (101 + 53)), filled(Initializer.xavier(101, 53), 101, 53));
        assertUniform(Math.sqrt(6.0 / (2 * N)), filled(Initializer.xavierBlocks(), N, BLOCKS * N));
    }

    private static void assertUniform(double bound, Matrix value) {
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (float x : value.toArray()) {
            sum += x;
            squares += (double) x * x;
            largest = Math.max(largest, Math.abs(x));
        }
        double deviation = bound / Math.sqrt(3);
        long n = value.size();
        assertEquals(0, sum / n, 4 * deviation / Math.sqrt(n));
        assertEquals(1, squares / n / (deviation * deviation), 4 * Math.sqrt(0.8 / n)); // x² has the variance 0.8 σ⁴
        assertTrue(largest <= bound && largest > 0.99 * bound, "largest " + largest + " of " + bound);
    }

    @Test
    void theSameKeyGivesTheSameNumbers() {
        assertArrayEquals(filled(Initializer.normal(1), 5, 7).toArray(), filled(Initializer.normal(1), 5, 7).toArray());
    }

    private Matrix filled(Initializer initializer, int rows, int columns) {
        var value = arena.matrix(rows, columns);
        initializer.fill(value, 11);
        return value;
    }

    private static double dot(Matrix x, int i, Matrix y, int j) {
        double sum = 0;
        for (int k = 0; k < N; k++) sum += (double) x.get(i, k) * y.get(j, k);
        return sum;
    }
}
