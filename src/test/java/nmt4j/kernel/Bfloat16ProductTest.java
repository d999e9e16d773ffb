package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Bfloat16ProductTest {
    private static final int M = Gemm.ROWS;
    private static final int K = 61;
    private static final int N = 35;
    /// A result's rounding, 2⁻⁸, and a sum that fell on the other side of the middle for its order.
    private static final double TOLERANCE = 0x1.1p-8;

    private final Arena arena = new Arena();
    private final Matrix x = random(M, K, 1);
    private final Matrix y = random(K, N, 2);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void aProductIsTheRoundedSumOfProductsOfRoundedFactors() {
        var z = arena.matrix(M, N);
        Bfloat16Product.multiply(x, rounded(y), z, false);
        assertClose(z, 0);
    }

    @Test
    void whatIsAccumulatedIsNotRoundedAgain() {
        var z = arena.matrix(M, N);
        z.fill(1000);
        Bfloat16Product.multiply(x, rounded(y), z, true);
        assertClose(z, 1000);
    }

    @Test
    void aFactorThatIsRoundedAlreadyGivesTheSameBits() {
        var once = arena.matrix(M, N);
        var twice = arena.matrix(M, N);
        Bfloat16Product.multiply(x, rounded(y), once, false);
        Bfloat16Product.multiply(rounded(x), rounded(y), twice, false);
        assertArrayEquals(once.toArray(), twice.toArray());
    }

    @Test
    void eitherFactorMayBeTransposed() {
        var z = arena.matrix(M, N);
        Bfloat16Product.multiplyTransposed(transposed(x), rounded(y), z, false);
        assertClose(z, 0);
        Bfloat16Product.multiplyWithTransposed(x, rounded(transposed(y)), z, false);
        assertClose(z, 0);
    }

    /// Of a tile of a weight's gradient: some columns of a wider matrix.
    @Test
    void aFactorThatIsRoundedHereMayHaveRoomBetweenItsRows() {
        var wider = arena.matrix(K, M + 3);
        Elementwise.transpose(x, wider.columns(2, M + 2));
        var z = arena.matrix(M, N);
        Bfloat16Product.multiplyTransposed(wider.columns(2, M + 2), rounded(y), z, false);
        assertClose(z, 0);
    }

    private Matrix transposed(Matrix x) {
        var transposed = arena.matrix(x.columns(), x.rows());
        Elementwise.transpose(x, transposed);
        return transposed;
    }

    private void assertClose(Matrix z, double before) {
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++) {
                double sum = 0;
                double size = 0;
                for (int l = 0; l < K; l++) {
                    double product = (double) rounded(x.get(i, l)) * rounded(y.get(l, j));
                    sum += product;
                    size = Math.max(size, Math.abs(sum));
                }
                assertEquals(before + sum, z.get(i, j), TOLERANCE * size + 1e-4, i + ", " + j);
            }
    }

    private static float rounded(float x) {
        return Float.intBitsToFloat(RoundingKernel.rounded(x) << 16);
    }

    private Bfloat16Matrix rounded(Matrix x) {
        var rounded = Bfloat16Matrix.in(arena, x.rows(), x.columns());
        RoundingKernel.round(x, rounded);
        return rounded;
    }

    private Matrix random(int rows, int columns, int key) {
        var x = arena.matrix(rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) x.set(i, j, (float) Randomness.normal(key, (long) i * columns + j));
        return x;
    }
}
