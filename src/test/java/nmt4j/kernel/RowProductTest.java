package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowProductTest {
    /// More than oneDNN computes in one way.
    private static final int ROWS = 340;

    /// Few rows by the kernel, and by the product that comes before it is worth compiling. Weights lie as those of a model to
    /// decode with, or of one that is trained.
    @ParameterizedTest
    @CsvSource({"64, 192", "256, 768", "256, 1024", "1024, 256", "512, 1536", "17, 34", "300, 48"})
    void aRowHasTheSameBitsAloneAndAmongMany(int k, int n) {
        for (var stride : List.of(RowStride.DECODED_WEIGHT, RowStride.TRAINED_WEIGHT))
            aRowHasTheSameBits(k, n, stride.of(n));
    }

    private static void aRowHasTheSameBits(int k, int n, int stride) {
        try (var arena = new Arena()) {
            var row = random(arena.matrix(1, k), 1);
            var w = random(arena.matrix(k, n, stride), 2);
            var many = arena.matrix(ROWS, k);
            var expected = arena.matrix(ROWS, n, stride);
            for (int i = 0; i < ROWS; i++) Elementwise.copy(row, many.rows(i, i + 1));
            RowProduct.multiply(many, w, expected, 0, ROWS);
            for (int i = 1; i < ROWS; i++)
                assertArrayEquals(expected.rows(0, 1).toArray(), expected.rows(i, i + 1).toArray());
            var z = arena.matrix(6, n, stride);
            for (int rows = 1; rows <= 6; rows++) {
                RowProduct.multiply(many, w, z, 0, rows);
                assertArrayEquals(expected.rows(0, rows).toArray(), z.rows(0, rows).toArray());
                Gemm.productOfRows(Gemm.toCompute(many, 0, rows), w, Gemm.toCompute(z, 0, rows));
                assertArrayEquals(expected.rows(0, rows).toArray(), z.rows(0, rows).toArray());
            }
        }
    }

    /// As an output layer lies that was transposed. Rows that lie 4 KB or a multiple of it apart are added up in other blocks where
    /// there are many others.
    @ParameterizedTest
    @CsvSource({"1024, 2048", "1024, 1024", "800, 1024", "256, 8000", "512, 512"})
    void aRowHasTheSameBitsAmongAnyOthersWhereWeightsHaveNoRoomBetweenRows(int k, int n) {
        try (var arena = new Arena()) {
            var x = random(arena.matrix(ROWS, k), 1);
            var w = random(arena.matrix(k, n), 2);
            var expected = arena.matrix(ROWS, n);
            for (int i = 0; i < ROWS; i += Gemm.ROWS)
                RowProduct.multiply(x, w, expected, i, Math.min(ROWS, i + Gemm.ROWS));
            var z = arena.matrix(ROWS, n);
            for (int rows : new int[] {1, 2, 5, 13, 64, 100, 101, 240, ROWS}) {
                RowProduct.multiply(x, w, z, 0, rows);
                assertArrayEquals(expected.rows(0, rows).toArray(), z.rows(0, rows).toArray(), rows + " rows");
            }
        }
    }

    /// Also where the JVM's vectors are shorter than oneDNN's.
    @ParameterizedTest
    @CsvSource({"256, 768", "512, 512", "1024, 256", "2048, 512"})
    void theKernelHasTheBitsOfOneDnn(int k, int n) {
        assumeTrue(OneDnn.hasAvx2(), "oneDNN 3");
        assertTrue(RowProduct.isKernelAlike(k, n));
    }

    /// Of more rows than one block has, with whole vectors from one to the next; what lies between them may be anything.
    @Test
    void weightsOfNoWholeVectorsMayHaveRoomBetweenTheirRows() {
        try (var arena = new Arena()) {
            int n = 2 * Vectors.LANES + 3;
            int stride = 3 * Vectors.LANES;
            var x = random(arena.matrix(Gemm.ROWS, 500), 1);
            var w = arena.matrix(500, n, stride);
            random(w.whole(), 2);
            var expected = arena.matrix(Gemm.ROWS, n, stride);
            RowProduct.multiply(x, w, expected, 0, Gemm.ROWS);
            var z = arena.matrix(Gemm.ROWS, n, stride);
            for (int rows = 1; rows <= 6; rows++) {
                RowProduct.multiply(x, w, z, 0, rows);
                assertArrayEquals(expected.rows(0, rows).toArray(), z.rows(0, rows).toArray(), rows + " rows");
            }
        }
    }

    /// Sums by blocks of 256 or 384, or of two halves of what is left of less than two blocks.
    @ParameterizedTest
    @CsvSource({"5, 16", "256, 48", "257, 16", "511, 16", "600, 32", "1024, 16"})
    void theKernelSumsInBlocks(int k, int n) {
        assumeTrue(n % Vectors.LANES == 0, "vectors are longer than " + n);
        try (var arena = new Arena()) {
            var x = random(arena.matrix(3, k), 1);
            var w = random(arena.matrix(k, n), 2);
            var z = arena.matrix(3, n);
            FewRowsKernel.multiply(x, w, z);
            for (int t = 0; t < 3; t++) for (int j = 0; j < n; j++) assertEquals(sum(x, w, t, j), z.get(t, j));
        }
    }

    static float sum(Matrix x, Matrix w, int t, int j) {
        float total = 0;
        for (int from = 0; from < w.rows();) {
            int left = w.rows() - from;
            int block = Gemm.usesAvx512() ? 384 : 256;
            int to = from + (left >= 2 * block ? block : left > block ? (left + 1) / 2 : left);
            float part = 0;
            for (; from < to; from++) part = Math.fma(x.get(t, from), w.get(from, j), part);
            total += part;
        }
        return total;
    }

    private static Matrix random(Matrix x, int key) {
        for (int i = 0; i < x.rows(); i++)
            for (int j = 0; j < x.columns(); j++)
                x.set(i, j, (float) Randomness.normal(key, (long) i * x.columns() + j));
        return x;
    }
}
