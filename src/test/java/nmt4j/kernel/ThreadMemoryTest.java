package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThreadMemoryTest {
    private static final int SIZE = Gemm.ROWS;

    /// By ND4J, by what multiplies here, and by a kernel that needs memory to work in.
    @Test
    void aThreadThatGaveItsMemoryBackTakesNew() {
        try (var arena = new Arena()) {
            var x = RowProduct.noise(arena.matrix(SIZE, SIZE), 1);
            var expected = products(arena, x);
            for (int i = 0; i < 3; i++) {
                ThreadMemory.free();
                ThreadMemory.free();
                assertArrayEquals(expected, products(arena, x));
            }
            assertEquals(x.get(1, 2), expected[2][2 * SIZE + 1]);
        }
    }

    private static float[][] products(Arena arena, Matrix x) {
        var byNd4j = arena.matrix(SIZE, SIZE);
        Nd4jProduct.multiply(Transpose.NONE, x, x, byNd4j, false);
        var product = arena.matrix(SIZE, SIZE);
        Gemm.product(x, x, product, false);
        var transposed = arena.matrix(SIZE, SIZE, RowStride.TRANSPOSE.of(SIZE));
        TransposeKernel.transpose(x, transposed);
        return new float[][] {byNd4j.toArray(), product.toArray(), transposed.toArray()};
    }
}
