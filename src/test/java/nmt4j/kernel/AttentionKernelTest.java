package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiConsumer;
import nmt4j.kernel.AttentionKernel.Head;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionKernelTest {
    private static final int QUERIES = 3;
    private static final float LOW = -200;

    /// Neither what a causal query does not see nor what is behind the last key counts, not even if all that it sees is so low
    /// that exp of it, less a score that does not count, is nothing; nor if what it does not see is lower still. Where the values
    /// are the unit vectors, what comes out are the weights.
    @ParameterizedTest
    @CsvSource({"3, false, 200", "5, false, 200", "17, false, 200", "3, true, 200", "5, true, 200", "17, true, 200",
            "3, true, -210", "5, true, -210", "17, true, -210", "17, true, -10000"})
    void lowScoresAreComparedWithEachOther(int n, boolean causal, float hidden) {
        assertWeights(n, causal, hidden, AttentionKernel::forwardVectors);
        assertWeights(n, causal, hidden, ScalarAttention::run);
    }

    private static void assertWeights(int n, boolean causal, float hidden, BiConsumer<Head, Matrix> attention) {
        try (var arena = new Arena()) {
            var query = zeros(arena, QUERIES, n);
            for (int i = 0; i < QUERIES; i++) query.set(i, 0, 1); // it reads the first number of a key
            var unit = zeros(arena, n, n);
            for (int j = 0; j < n; j++) unit.set(j, j, 1);
            var head = new Head(query, zeros(arena, n, n), unit, zeros(arena, QUERIES, 1), causal, Dropout.NONE);
            for (int i = 0; i < QUERIES; i++) {
                int visible = causal ? i + 1 : n;
                for (int j = 0; j < n; j++) head.key().set(j, 0, (j < visible ? LOW - j : hidden) / head.scale());
                var weights = arena.matrix(QUERIES, n);
                attention.accept(head, weights);
                double all = 0;
                for (int j = 0; j < visible; j++) all += Math.exp(-j);
                for (int j = 0; j < visible; j++)
                    assertEquals(Math.exp(-j) / all, weights.get(i, j), 1e-4, i + ", " + j);
                for (int j = visible; j < n; j++) assertEquals(0, weights.get(i, j), i + ", " + j);
                assertEquals(Math.log(all) + LOW, head.logSum().get(i, 0), 1e-3);
            }
        }
    }

    private static Matrix zeros(Arena arena, int rows, int columns) {
        var x = arena.matrix(rows, columns);
        x.fill(0);
        return x;
    }
}
