package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachedAttentionKernelTest {
    /// Fewer and more keys than are read side by side, sizes that are whole vectors, eight of them, or neither.
    @ParameterizedTest
    @CsvSource({"1, 64", "3, 5", "4, 64", "7, 67", "16, 128", "33, 96", "9, 32"})
    void theResultIsTheSumOfValuesWeighedByTheSoftmaxOfScaledProducts(int n, int size) {
        try (var arena = new Arena()) {
            var query = random(arena.matrix(1, size), 1);
            var kept = random(arena.matrix(2 * n, size), 2); // keys, then values
            var keys = new long[n];
            for (int j = 0; j < n; j++) keys[j] = kept.row(j);
            var weights = new float[CachedAttentionKernel.room(n)];
            var y = arena.matrix(1, size);
            CachedAttentionKernel.run(query.address(), keys, n, kept.row(n) - kept.row(0), size, y.address(), weights);

            var expected = softmax(query, kept, n);
            for (int j = 0; j < n; j++) assertEquals(expected[j], weights[j], 1e-6, "weight " + j);
            for (int i = 0; i < size; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) sum += expected[j] * kept.get(n + j, i);
                assertEquals(sum, y.get(0, i), 2e-6, "column " + i);
            }
        }
    }

    private static double[] softmax(Matrix query, Matrix kept, int n) {
        var weights = new double[n];
        double all = 0;
        for (int j = 0; j < n; j++) {
            double product = 0;
            for (int i = 0; i < query.columns(); i++) product += (double) query.get(0, i) * kept.get(j, i);
            all += weights[j] = Math.exp(product / Math.sqrt(query.columns()));
        }
        for (int j = 0; j < n; j++) weights[j] /= all;
        return weights;
    }

    private static Matrix random(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
        return x;
    }
}
