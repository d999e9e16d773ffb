package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachedAttentionKernelTest {
    /// Fewer and more keys than are read side by side; heads of whole vectors, of four and of eight of them, or neither.
    @ParameterizedTest
    @CsvSource({"1, 1, 64", "3, 2, 5", "4, 4, 64", "7, 1, 67", "16, 3, 128", "33, 3, 96", "9, 8, 32", "5, 3, 64"})
    void theResultIsTheSumOfValuesWeighedByTheSoftmaxOfScaledProducts(int n, int heads, int size) {
        try (var arena = new Arena()) {
            var query = random(arena.matrix(1, heads * size), 1);
            var kept = random(arena.matrix(2 * n, heads * size), 2); // keys, then values
            var keys = new long[n];
            for (int j = 0; j < n; j++) keys[j] = kept.row(j);
            int room = CachedAttentionKernel.room(n);
            var weights = new float[heads * room];
            var y = arena.matrix(1, heads * size);
            CachedAttentionKernel.run(query.address(), keys, n, kept.row(n) - kept.row(0), heads, size, y.address(),
                    weights);

            for (int head = 0; head < heads; head++) {
                int first = head * size;
                var expected = softmax(query.columns(first, first + size), kept.columns(first, first + size), n);
                for (int j = 0; j < n; j++) assertEquals(expected[j], weights[head * room + j], 1e-6, "weight " + j);
                for (int i = first; i < first + size; i++) {
                    double sum = 0;
                    for (int j = 0; j < n; j++) sum += expected[j] * kept.get(n + j, i);
                    assertEquals(sum, y.get(0, i), 2e-6, "column " + i);
                }
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
