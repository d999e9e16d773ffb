package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachedAttentionKernelTest {
    /// Fewer and more keys than are read side by side; heads of whole vectors, of two, four and eight of them,
    /// or neither.
    @ParameterizedTest
    @CsvSource({"1, 1, 64", "3, 2, 5", "4, 4, 64", "7, 1, 67", "16, 3, 128", "33, 3, 96", "9, 8, 32", "5, 3, 64",
            "7, 3, 16", "2, 5, 8"})
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

    /// What is behind the last key is no score, not even if all are so low that exp of them, less 0, is nothing.
    @ParameterizedTest
    @CsvSource({"1", "3", "5", "17"})
    void lowScoresAreComparedWithEachOther(int n) {
        try (var arena = new Arena()) {
            var query = arena.matrix(1, 16);
            query.fill(1);
            var kept = arena.matrix(2 * n, 16);
            var keys = new long[n];
            double all = 0;
            for (int j = 0; j < n; j++) {
                keys[j] = kept.row(j);
                Elementwise.fill(kept.row(j), 16, -(200 + j) / 4f); // its score is −200 − j
                all += Math.exp(-j);
            }
            var weights = new float[CachedAttentionKernel.room(n)];
            CachedAttentionKernel.run(query.address(), keys, n, kept.row(n) - kept.row(0), 1, 16,
                    arena.matrix(1, 16).address(), weights);
            for (int j = 0; j < n; j++) assertEquals(Math.exp(-j) / all, weights[j], 1e-6, "weight " + j);
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
