package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole vectors, parts of one, and rows shorter than one.
class ScalarRowsTest {
    private static final int ROWS = 3;
    private static final int[] SIZES = {1, 7, 8, 16, 67, 256};

    @BeforeAll
    static void comesAfterTheWarmUp() {
        assertEquals(0, WarmUp.LONGEST);
    }

    private final Arena arena = new Arena();

    @AfterEach
    void close() {
        arena.close();
    }

    /// Logits so far apart that exp reaches its bounds.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 8_121})
    void takesLogSoftmaxes(int size) {
        var vectors = random(1, 1, size);
        for (int j = 0; j < size; j += 3) vectors.set(0, j, 20 * vectors.get(0, j));
        var scalars = copy(vectors);
        CrossEntropyKernel.logSoftmax(vectors.address(), size);
        ScalarRows.logSoftmax(scalars.address(), size);
        assertArrayEquals(vectors.toArray(), scalars.toArray());
        assertEquals(1, probability(scalars.toArray()), 1e-5);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "RELU"})
    void addsABiasAndActivates(Activation activation) {
        for (int size : SIZES) {
            var bias = random(9, 1, size);
            var vectors = random(1, ROWS, size);
            vectors.set(1, 0, -bias.get(0, 0));
            vectors.set(2, 0, Float.NaN);
            var scalars = copy(vectors);
            for (int t = 0; t < ROWS; t++)
                ActivationKernel.forward(activation, vectors.row(t), bias, vectors.row(t), Dropout.NONE, 0);
            ActivationKernel.forwardScalars(activation, scalars, bias, scalars, 0, ROWS);
            assertSameBits(vectors, scalars);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 256})
    void normalizes(int size) {
        var x = random(1, ROWS, size);
        var gamma = random(2, 1, size);
        var beta = random(3, 1, size);
        var vectors = arena.matrix(ROWS, size);
        var scalars = arena.matrix(ROWS, size);
        var momentsOfVectors = arena.matrix(ROWS, 2);
        var momentsOfScalars = arena.matrix(ROWS, 2);
        LayerNormKernel.forwardVectors(x, gamma, beta, vectors, momentsOfVectors, 0, ROWS);
        LayerNormKernel.forwardScalars(x, gamma, beta, scalars, momentsOfScalars, 0, ROWS);
        assertSameBits(vectors, scalars);
        assertSameBits(momentsOfVectors, momentsOfScalars);
    }

    /// Of numbers near 0, too, of −0, of those where the functions end, of infinities and of none.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 256})
    void takesFunctions(int size) {
        var x = random(1, 1, size);
        for (int j = 0; j < size; j += 3) x.set(0, j, Math.scalb(x.get(0, j), j % 40 - 20));
        x.set(0, size / 2, -0f);
        if (size > 6) {
            x.set(0, size - 1, Float.NaN);
            x.set(0, size - 2, Float.POSITIVE_INFINITY);
            x.set(0, 1, Float.NEGATIVE_INFINITY);
        }
        var vectors = arena.matrix(1, size);
        var scalars = arena.matrix(1, size);
        Elementwise.tanh(x.address(), vectors.address(), size);
        Elementwise.tanhScalars(x.address(), scalars.address(), size);
        assertSameBits(vectors, scalars);
        Elementwise.logistic(x.address(), vectors.address(), size);
        Elementwise.logisticScalars(x.address(), scalars.address(), size);
        assertSameBits(vectors, scalars);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 256})
    void aligns(int size) {
        var query = random(1, 1, size);
        var factors = random(2, 1, size);
        var keys = random(3, 5, size);
        var vectors = arena.matrix(1, 5);
        var scalars = arena.matrix(1, 5);
        AlignmentKernel.additive(query.address(), factors.address(), keys, vectors.address());
        AlignmentKernel.additiveScalars(query.address(), factors.address(), keys, scalars.address());
        assertSameBits(vectors, scalars);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 256})
    void gathersRows(int size) {
        var table = random(1, ROWS, size);
        table.set(2, 0, -0f);
        var ids = new int[] {2, 0, 2};
        var vectors = arena.matrix(ROWS, size);
        var scalars = arena.matrix(ROWS, size);
        for (int t = 0; t < ROWS; t++)
            Elementwise.axpy(table.row(ids[t]), 1.7f, vectors.row(t), size, false);
        EmbeddingKernel.gatherScalars(table, ids, 1.7f, scalars, 0, ROWS);
        assertSameBits(vectors, scalars);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 256})
    void addsRows(int size) {
        var x = random(1, ROWS, size);
        var vectors = random(2, ROWS, size);
        var scalars = copy(vectors);
        for (int t = 0; t < ROWS; t++) Elementwise.add(x.row(t), vectors.row(t), size);
        var sum = arena.matrix(ROWS, size);
        ResidualKernel.addScalars(x, scalars, sum, 0, ROWS);
        assertSameBits(vectors, sum);
        ResidualKernel.addScalars(x, scalars, scalars, 0, ROWS);
        assertSameBits(vectors, scalars);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 16, 67, 256})
    void endsPartsOfLayers(int size) {
        var x = random(1, ROWS, size);
        var z = random(2, ROWS, size);
        var bias = random(3, 1, size);
        var vectors = arena.matrix(ROWS, size);
        var scalars = arena.matrix(ROWS, size);
        for (int t = 0; t < ROWS; t++)
            Elementwise.addBiased(x.row(t), z.row(t), bias.address(), vectors.row(t), size);
        ResidualNormKernel.addScalars(x, z, bias, scalars, 0, ROWS);
        assertSameBits(vectors, scalars);
    }

    /// Some queries see all keys, some only the first.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 19})
    void attends(int keys) {
        for (int queries : new int[] {1, 3, 6})
            for (int size : new int[] {5, 16, 64})
                for (boolean causal : new boolean[] {false, true}) attends(queries, keys, size, causal);
    }

    private void attends(int queries, int keys, int size, boolean causal) {
        var query = random(1, queries, size);
        var key = random(2, keys, size);
        var value = random(3, keys, size);
        var vectors = arena.matrix(queries, size + 1); // the last column takes logarithms of sums
        var scalars = arena.matrix(queries, size + 1);
        AttentionKernel.forwardVectors(new AttentionKernel.Head(query, key, value, vectors.columns(size, size + 1),
                causal, Dropout.NONE), vectors.columns(0, size));
        ScalarAttention.run(new AttentionKernel.Head(query, key, value, scalars.columns(size, size + 1), causal,
                Dropout.NONE), scalars.columns(0, size));
        assertSameBits(vectors, scalars);
    }

    /// The weights behind the last key are 0 as well.
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 33})
    void attendsToWhatIsKept(int n) {
        for (int size : new int[] {5, 16, 64}) {
            int heads = 3;
            var query = random(1, 1, heads * size);
            var kept = random(2, n, 2 * heads * size);
            var keys = new long[n];
            for (int j = 0; j < n; j++) keys[j] = kept.row(j);
            long toValue = (long) heads * size * Float.BYTES;
            var vectors = arena.matrix(1, heads * size);
            var scalars = arena.matrix(1, heads * size);
            var weightsOfVectors = new float[heads * CachedAttentionKernel.room(n)];
            var weightsOfScalars = new float[weightsOfVectors.length];
            CachedAttentionKernel.runVectors(query.address(), keys, n, toValue, heads, size, vectors.address(),
                    weightsOfVectors);
            ScalarAttention.run(query.address(), keys, n, toValue, heads, size, scalars.address(), weightsOfScalars);
            assertSameBits(vectors, scalars);
            assertArrayEquals(weightsOfVectors, weightsOfScalars);
        }
    }

    private static void assertSameBits(Matrix expected, Matrix actual) {
        assertArrayEquals(expected.toArray(), actual.toArray()); // which tells −0 from 0
    }

    private Matrix copy(Matrix x) {
        var copy = arena.matrix(x.rows(), x.columns());
        copy.copyFrom(x.toArray());
        return copy;
    }

    private Matrix random(int seed, int rows, int columns) {
        var random = new Random(seed);
        var numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) numbers[i] = 3 * (float) random.nextGaussian();
        var x = arena.matrix(rows, columns);
        x.copyFrom(numbers);
        return x;
    }

    private static double probability(float[] logs) {
        double sum = 0;
        for (float log : logs) sum += Math.exp(log);
        return sum;
    }
}
