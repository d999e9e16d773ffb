package nmt4j.kernel;

import java.util.function.IntBinaryOperator;

/// A product of bytes, tried on this processor: whether its sums are right, and how fast it is beside ND4J's of floats.
///
/// Factors are the largest numbers of either sign, alone and among others.
final class Int8Trial {
    private final int m;
    private final int k;
    private final int n;

    /// Of products [m, k] · [k, n]; float32 has all sums as long as k ≤ `Int8Kernel.CHUNK`.
    Int8Trial(int m, int k, int n) {
        this.m = m;
        this.k = k;
        this.n = n;
    }

    /// A product with a right factor that it has been made for.
    interface Product {
        /// @param x     [m, k]
        /// @param sums  [m, n] in int32
        /// @return      false if there is none on this processor; then sums are undefined
        boolean multiply(long x, long sums);
    }

    interface Maker {
        /// @param y  [k, n]
        Product of(long y);
    }

    /// Whether the sums are right and take at most so many times as long as those of floats.
    boolean isPassed(Maker maker, double most) {
        try (var arena = new Arena()) {
            long bytesOfX = arena.allocate((long) m * k);
            long bytesOfY = arena.allocate((long) k * n);
            var x = arena.matrix(m, k);
            var y = arena.matrix(k, n);
            var sums = arena.matrix(m, n);
            var expected = arena.matrix(m, n);
            fill(bytesOfX, x, Int8Trial::left);
            fill(bytesOfY, y, Int8Trial::right);
            Nd4jProduct.multiply(Transpose.NONE, x, y, expected, false);
            var product = maker.of(bytesOfY);
            return product.multiply(bytesOfX, sums.address()) && areEqual(sums, expected)
                    && Trial.ratio(() -> product.multiply(bytesOfX, sums.address()),
                            () -> Nd4jProduct.multiply(Transpose.NONE, x, y, expected, false)) <= most;
        }
    }

    /// x[i, l] in 0 … 127.
    private static int left(int i, int l) {
        return i % 2 == 0 || l % 3 == 0 ? Int8Product.LARGEST : i;
    }

    /// y[l, j] in −127 … 127.
    private static int right(int l, int j) {
        if (j % 3 == 0) return -Quantized.LARGEST;
        return l % (j % 3) == 0 ? Quantized.LARGEST : -j / 4;
    }

    private static void fill(long bytes, Matrix floats, IntBinaryOperator numbers) {
        for (int i = 0; i < floats.rows(); i++)
            for (int j = 0; j < floats.columns(); j++) {
                int number = numbers.applyAsInt(i, j);
                Vectors.setByte(bytes + (long) i * floats.columns() + j, (byte) number);
                floats.set(i, j, number);
            }
    }

    /// Whether whole numbers are those that floats are.
    private static boolean areEqual(Matrix whole, Matrix floats) {
        for (int i = 0; i < whole.rows(); i++)
            for (int j = 0; j < whole.columns(); j++)
                if (Float.floatToRawIntBits(whole.get(i, j)) != floats.get(i, j)) return false;
        return true;
    }
}
