package nmt4j.kernel;

/// The product of `Int8Product`, with the same bits and without vectors, see `WarmUp`.
///
/// The numbers of some columns at a time are made floats, which ND4J multiplies: float32 has all sums of `Int8Kernel.CHUNK` products.
final class EarlyInt8Product {
    /// The most rows that come this way: more repay that a weight is made ready for many.
    static final int ROWS = 96;

    private static final int WIDTH = Int8Matrix.WIDTH;
    /// Columns of W that are floats at a time.
    private static final int COLUMNS = 16 * WIDTH;
    private static final int CHUNK = Int8Kernel.CHUNK;
    private static final int BYTES = Float.BYTES;

    private EarlyInt8Product() {}

    /// z = x W.
    static void multiply(Matrix x, Int8Matrix w, Matrix z) {
        int m = x.rows();
        int k = w.rows();
        var q = new Matrix(Scratch.floats((long) m * (k + COLUMNS) + (long) Math.min(k, CHUNK) * COLUMNS), m, k);
        var scales = new Scale[m];
        for (int t = 0; t < m; t++) scales[t] = quantize(x.row(t), q.row(t), k);
        for (int j = 0; j < w.columns(); j += COLUMNS) {
            var sums = sums(q, w, j, Math.min(COLUMNS, w.columns() - j), q.row(m));
            for (int t = 0; t < m; t++) scale(sums[t], scales[t], w, j, z.row(t) + (long) j * BYTES);
        }
    }

    /// Of a row, x ≈ a + b q.
    private record Scale(float a, float b) {}

    /// q = round((x − a) / b), in floats.
    private static Scale quantize(long x, long q, int k) {
        var row = ScalarRows.row(x, k);
        float least = row[0];
        float largest = row[0];
        for (float element : row) {
            least = Math.min(least, element);
            largest = Math.max(largest, element);
        }
        float range = largest - least;
        float inverse = range < Quantized.SMALLEST ? 0 : Int8Product.LARGEST / range;
        for (int i = 0; i < k; i++) row[i] = Int8Product.quantized(row[i], least, inverse);
        ScalarRows.store(row, q);
        return new Scale(least, range / Int8Product.LARGEST);
    }

    /// Of each row of q, the sums of products with n columns of W from `first` on.
    ///
    /// @param scratch  for a part of W and the sums of its products
    private static int[][] sums(Matrix q, Int8Matrix w, int first, int n, long scratch) {
        var sums = new int[q.rows()][n];
        for (int from = 0; from < w.rows(); from += CHUNK) {
            int to = Math.min(w.rows(), from + CHUNK);
            var part = widened(w, from, to, first, n, scratch);
            var products = new Matrix(part.row(part.rows()), q.rows(), part.columns());
            Nd4jProduct.multiply(Transpose.NONE, q.columns(from, to), part, products, false);
            for (int t = 0; t < q.rows(); t++) addWhole(ScalarRows.row(products.row(t), n), sums[t]);
        }
        Gemm.count(2L * q.rows() * w.rows() * n);
        return sums;
    }

    /// Rows `from` to `to` of n columns from `first` on, in floats; and the columns behind them in the last panel.
    private static Matrix widened(Int8Matrix w, int from, int to, int first, int n, long at) {
        int rows = to - from;
        int columns = PackedMatrix.panels(n) * WIDTH;
        var floats = new float[rows * columns];
        var bytes = new byte[rows * WIDTH];
        for (int j = 0; j < columns; j += WIDTH) {
            Vectors.copy(w.panel((first + j) / WIDTH) + (long) from * WIDTH, bytes);
            widen(bytes, floats, j, columns);
        }
        ScalarRows.store(floats, at);
        return new Matrix(at, rows, columns);
    }

    /// A panel takes its place in a matrix.
    private static void widen(byte[] panel, float[] matrix, int first, int columns) {
        for (int i = 0, row = first; i < panel.length; i += WIDTH, row += columns)
            for (int l = 0; l < WIDTH; l++) matrix[row + l] = panel[i + l];
    }

    private static void addWhole(float[] x, int[] y) {
        for (int i = 0; i < y.length; i++) y[i] += (int) x[i];
    }

    /// z[j] = s[j] (a C[j] + b sums[j]) for columns from `first` on.
    private static void scale(int[] sums, Scale row, Int8Matrix w, int first, long z) {
        var y = new float[sums.length];
        var scales = ScalarRows.row(w.scales().address() + (long) first * BYTES, y.length);
        for (int j = 0; j < y.length; j++)
            y[j] = Math.fma(row.a, w.sums()[first + j], sums[j] * row.b) * scales[j];
        ScalarRows.store(y, z);
    }
}
