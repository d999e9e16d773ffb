package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedReluTest {
    private static final int ROWS = 5;
    /// Below half of the least number of bfloat16.
    private static final float TINY = 0x1p-135f;

    private final Arena arena = new Arena();

    @AfterEach
    void close() {
        arena.close();
    }

    /// Whole vectors, a part of one, and both.
    @ParameterizedTest
    @CsvSource({"64, 0", "3, 0", "67, 0", "64, 0.3", "3, 0.3", "67, 0.3"})
    void isReluThatIsRoundedThen(int columns, float dropped) {
        var dropout = new Dropout(42, dropped);
        var z = withTinyNumbers(columns);
        var bias = random(1, columns, 1);
        bias.set(0, 0, 0);
        var y = forward(copy(z), bias, dropout);
        ActivationKernel.forward(Activation.RELU, z, bias, z, dropout, 0, ROWS);
        assertArrayEquals(widened(rounded(z)).toArray(), widened(y).toArray());
        for (int t = 0; t < ROWS; t++) assertEquals(0, RoundingKernel.widened(y.row(t)));
    }

    @ParameterizedTest
    @CsvSource({"64, 0", "3, 0", "67, 0", "64, 0.3", "3, 0.3", "67, 0.3"})
    void itsGradientIsThatOfReluWhereTheRoundedResultIsPositive(int columns, float dropped) {
        var dropout = new Dropout(42, dropped);
        var bias = arena.matrix(1, columns);
        bias.fill(0);
        var y = forward(withTinyNumbers(columns), bias, dropout);
        var dy = random(ROWS, columns, 3);
        var sums = random(1, columns, 4);
        var expectedSums = copy(sums);
        var dz = backward(y, copy(dy), dropout, sums);
        ActivationKernel.backward(Activation.RELU, widened(y), dy, dropout, expectedSums, 0, ROWS);
        assertArrayEquals(widened(rounded(dy)).toArray(), widened(dz).toArray());
        assertArrayEquals(expectedSums.toArray(), sums.toArray());
        for (int t = 0; t < ROWS; t++) assertEquals(0, RoundingKernel.widened(dz.row(t)));
    }

    /// Random ones, but for the first of each row, which rounds to 0.
    private Matrix withTinyNumbers(int columns) {
        var z = random(ROWS, columns, 2);
        for (int t = 0; t < ROWS; t++) z.set(t, 0, TINY);
        return z;
    }

    private Bfloat16Matrix forward(Matrix z, Matrix bias, Dropout dropout) {
        var y = Bfloat16Matrix.in(arena, ROWS, z.columns());
        for (int t = 0; t < ROWS; t++) RoundedRelu.forward(z.row(t), bias, y, dropout, t);
        return y;
    }

    private Bfloat16Matrix backward(Bfloat16Matrix y, Matrix dy, Dropout dropout, Matrix sums) {
        var dz = Bfloat16Matrix.in(arena, ROWS, dy.columns());
        for (int t = 0; t < ROWS; t++) RoundedRelu.backward(y, dy.row(t), dropout, sums, dz, t);
        return dz;
    }

    private Bfloat16Matrix rounded(Matrix x) {
        var rounded = Bfloat16Matrix.in(arena, x.rows(), x.columns());
        RoundingKernel.round(x, rounded);
        return rounded;
    }

    private Matrix widened(Bfloat16Matrix x) {
        var widened = arena.matrix(x.rows(), x.columns());
        RoundingKernel.widen(x, widened, false);
        return widened;
    }

    private Matrix copy(Matrix x) {
        var copy = arena.matrix(x.rows(), x.columns());
        Elementwise.copy(x, copy);
        return copy;
    }

    private Matrix random(int rows, int columns, int key) {
        var x = arena.matrix(rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) x.set(i, j, (float) Randomness.normal(key, (long) i * columns + j));
        return x;
    }
}
