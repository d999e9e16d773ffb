package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// Those of this processor.
    private static List<Bfloat16Engine> engines() {
        var engines = new ArrayList<>(List.of(Bfloat16Engine.FLOAT32));
        if (hasNd4j()) engines.add(Bfloat16Engine.ND4J);
        if (OneDnn.hasAvx512()) engines.add(Bfloat16Engine.ONEDNN);
        return engines;
    }

    private static boolean hasNd4j() {
        try (var arena = new Arena()) {
            var x = Bfloat16Matrix.in(arena, M, M);
            return Nd4jProduct.multiply(Transpose.NONE, x, x, Bfloat16Matrix.in(arena, M, M));
        }
    }

    /// AMX; AMD's and another one's avx512_bf16; VNNI alone.
    @ParameterizedTest
    @CsvSource({"0xfef, false, true", "0x1fef, false, true", "0xe7, true, true", "0xe7, false, false",
            "0x1ef, false, false",
            "0x67, true, false"})
    void whetherOneDnnIsFastFollowsFromTheProcessor(int isa, boolean isAmd, boolean isFast) {
        assertEquals(isFast, OneDnn.isFastInBfloat16(isa, isAmd));
    }

    @Test
    void eachHasANameOfItsOwn() {
        var titles = Arrays.stream(Bfloat16Engine.values()).map(Bfloat16Engine::title).toList();
        assertEquals(titles.size(), Set.copyOf(titles).size(), titles::toString);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theTrialFindsEachRight(Bfloat16Engine engine) {
        assertTrue(Bfloat16Product.Engine.isRight(engine));
    }

    /// Sizes at which weights and activations of training lie with room between their rows.
    @ParameterizedTest
    @MethodSource("engines")
    void factorsAndResultsMayHaveRoomBetweenTheirRows(Bfloat16Engine engine) {
        var left = withRoom(random(2 * Gemm.ROWS, 256, 3));
        var right = withRoom(random(256, 512, 4));
        var z = withRoom(arena.matrix(left.rows(), right.columns()));
        Bfloat16Product.multiply(engine, left, Bfloat16Product.prepare(engine, right, false, arena), z, false);
        assertSums(left, right, z);
        z.fill(0);
        var turned = withRoom(transposed(right));
        Bfloat16Product.multiply(engine, left, Bfloat16Product.prepare(engine, turned, true, arena), z, true);
        assertSums(left, right, z);
        z.fill(0);
        Bfloat16Product.multiplyTransposed(engine, withRoom(transposed(left)), rounded(right), z, false);
        assertSums(left, right, z);
        var columns = withRoom(random(left.rows(), 256, 5));
        var gradient = withRoom(arena.matrix(256, 256));
        Bfloat16Product.multiplyTransposed(engine, columns, rounded(left), gradient, false);
        assertSums(transposed(columns), left, gradient);
    }

    private Matrix withRoom(Matrix x) {
        var roomy = arena.matrix(x.rows(), x.columns(), RowStride.roomy(x.columns()));
        Elementwise.copy(x, roomy);
        return roomy;
    }

    private static void assertSums(Matrix x, Matrix y, Matrix z) {
        for (int i = 0; i < z.rows(); i++)
            for (int j = 0; j < z.columns(); j++) {
                double sum = 0;
                for (int l = 0; l < x.columns(); l++) sum += (double) rounded(x.get(i, l)) * rounded(y.get(l, j));
                assertEquals(sum, z.get(i, j), TOLERANCE * Math.abs(sum) + 1e-3, i + ", " + j);
            }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aProductIsTheSumOfProductsOfRoundedFactors(Bfloat16Engine engine) {
        var z = arena.matrix(M, N);
        Bfloat16Product.multiply(engine, x, prepared(engine), z, false);
        assertClose(z, 0);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatIsAccumulatedIsNotRoundedAgain(Bfloat16Engine engine) {
        var z = arena.matrix(M, N);
        z.fill(1000);
        Bfloat16Product.multiply(engine, x, prepared(engine), z, true);
        assertClose(z, 1000);
        z.fill(1000);
        Bfloat16Product.multiplyTransposed(engine, transposed(x), rounded(y), z, true);
        assertClose(z, 1000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aFactorThatIsRoundedAlreadyGivesTheSameBits(Bfloat16Engine engine) {
        var once = arena.matrix(M, N);
        var twice = arena.matrix(M, N);
        Bfloat16Product.multiply(engine, x, prepared(engine), once, false);
        Bfloat16Product.multiply(engine, rounded(x), prepared(engine), twice, false);
        assertArrayEquals(once.toArray(), twice.toArray());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void eitherFactorMayBeTransposed(Bfloat16Engine engine) {
        var z = arena.matrix(M, N);
        Bfloat16Product.multiplyTransposed(engine, transposed(x), rounded(y), z, false);
        assertClose(z, 0);
        Bfloat16Product.multiply(engine, x, Bfloat16Product.prepare(engine, transposed(y), true, arena), z,
                false);
        assertClose(z, 0);
    }

    /// Of a tile of a weight's gradient: some columns of a wider matrix.
    @ParameterizedTest
    @MethodSource("engines")
    void aFactorThatIsRoundedHereMayHaveRoomBetweenItsRows(Bfloat16Engine engine) {
        var wider = arena.matrix(K, M + 3);
        Elementwise.transpose(x, wider.columns(2, M + 2));
        var z = arena.matrix(M, N);
        Bfloat16Product.multiplyTransposed(engine, wider.columns(2, M + 2), rounded(y), z, false);
        assertClose(z, 0);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aResultMayBeColumnsOfAWiderMatrix(Bfloat16Engine engine) {
        var wider = arena.matrix(M, N + 5);
        wider.fill(7);
        Bfloat16Product.multiply(engine, x, prepared(engine), wider.columns(2, N + 2), false);
        assertClose(wider.columns(2, N + 2), 0);
        var transposed = Bfloat16Product.prepare(engine, transposed(y), true, arena);
        Bfloat16Product.multiply(engine, x, transposed, wider.columns(2, N + 2), false);
        assertClose(wider.columns(2, N + 2), 0);
        wider.columns(2, N + 2).fill(1000);
        Bfloat16Product.multiply(engine, x, transposed, wider.columns(2, N + 2), true);
        assertClose(wider.columns(2, N + 2), 1000);
        for (int i = 0; i < M; i++) for (int j : new int[] {0, 1, N + 2, N + 4}) assertEquals(7, wider.get(i, j));
    }

    /// Not those of ND4J, whose rows come in groups. (Without AMX a single row of more than 1,024 numbers is summed up in another
    /// order.)
    @ParameterizedTest
    @ValueSource(ints = {512, 2048, 1037})
    void aRowsBitsDoNotDependOnTheOthers(int depth) {
        assumeTrue(OneDnn.hasAvx512(), "no such processor or library");
        var many = random(300, depth, 3);
        var weight = Bfloat16Product.prepare(Bfloat16Engine.ONEDNN, random(depth, 768, 4), false, arena);
        var z = arena.matrix(300, 768);
        Bfloat16Product.multiply(Bfloat16Engine.ONEDNN, many, weight, z, false);
        for (int rows : new int[] {2, 5, 12, 16, 48, 64, 132, 256}) {
            var some = arena.matrix(rows, 768);
            Bfloat16Product.multiply(Bfloat16Engine.ONEDNN, many.rows(20, 20 + rows), weight, some, false);
            assertArrayEquals(z.rows(20, 20 + rows).toArray(), some.toArray(), rows + " rows");
        }
    }

    private static Stream<Arguments> enginesAndRows() {
        return engines().stream().flatMap(engine -> IntStream.of(95, 96, 100, 3072, 3100, 6500)
                .mapToObj(rows -> arguments(engine, rows)));
    }

    /// The sums of xᵀ y over many rows are made of several products.
    @ParameterizedTest
    @MethodSource("enginesAndRows")
    void aSumOverManyRowsIsThatOfAllOfThem(Bfloat16Engine engine, int rows) {
        var left = wholeNumbers(rows, 32);
        var right = wholeNumbers(rows, 48);
        var z = arena.matrix(32, 48);
        Bfloat16Product.multiplyTransposed(engine, left, rounded(right), z, false);
        assertSumsOverRows(left, right, 0, z);
        z.fill(1000);
        Bfloat16Product.multiplyTransposed(engine, left, rounded(right), z, true);
        assertSumsOverRows(left, right, 1000, z);
    }

    private static void assertSumsOverRows(Matrix left, Matrix right, int before, Matrix z) {
        for (int i = 0; i < z.rows(); i++)
            for (int j = 0; j < z.columns(); j++) {
                int sum = 0;
                for (int l = 0; l < left.rows(); l++) sum += (int) left.get(l, i) * (int) right.get(l, j);
                assertEquals(before + sum, z.get(i, j), Math.abs(sum) * TOLERANCE, i + ", " + j);
            }
    }

    private Matrix wholeNumbers(int rows, int columns) {
        var x = arena.matrix(rows, columns);
        for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) x.set(i, j, (5 * i + 3 * j) % 7 - 2);
        return x;
    }

    private Bfloat16Factor prepared(Bfloat16Engine engine) {
        return Bfloat16Product.prepare(engine, y, false, arena);
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
