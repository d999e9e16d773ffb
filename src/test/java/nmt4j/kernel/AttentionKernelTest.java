package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionKernelTest {
    private static final int SIZE = 16;

    /// Neither what a causal query does not see nor what is behind the last key counts, not even if all that it sees is so low
    /// that exp of it, less a score that does not count, is nothing.
    @ParameterizedTest
    @CsvSource({"2, false", "5, false", "17, false", "2, true", "5, true", "17, true"})
    void lowScoresAreComparedWithEachOther(int n, boolean causal) {
        try (var arena = new Arena()) {
            var query = arena.matrix(2, SIZE);
            query.fill(1);
            var key = arena.matrix(n, SIZE);
            int visible = causal ? 2 : n;
            double all = 0;
            for (int j = 0; j < n; j++) {
                float score = j < visible ? -200 - j : 200;
                Elementwise.fill(key.row(j), SIZE, score / 4);
                if (j < visible) all += Math.exp(-j);
            }
            var logSum = arena.matrix(2, 1);
            var weights = arena.matrix(2, n);
            AttentionKernel.weights(new AttentionKernel.Head(query, key, key, logSum, causal, Dropout.NONE), weights);
            for (int j = 0; j < n; j++)
                assertEquals(j < visible ? Math.exp(-j) / all : 0, weights.get(1, j), 1e-6, "weight " + j);
            assertEquals(Math.log(all) - 200, logSum.get(1, 0), 1e-4);
        }
    }
}
