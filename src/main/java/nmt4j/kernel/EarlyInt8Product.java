package nmt4j.kernel;

import static nmt4j.kernel.Vectors.get;

/// The product of `Int8Product`, with the same bits and without vectors (see `WarmUp`): a first translation takes 0.7 s less.
/// Sums are ND4J's, a panel of W at a time as it lies in memory; the rest is done one number at a time.
final class EarlyInt8Product {
    /// The most rows that come this way: more repay that a weight is made ready for many.
    static final int ROWS = 96;

    private static final int WIDTH = Int8Matrix.WIDTH;
    private static final int BYTES = Float.BYTES;

    private EarlyInt8Product() {}

    /// z = x W.
    static void multiply(Matrix x, Int8Matrix w, Matrix z) {
        int m = x.rows();
        int k = w.rows();
        int rounded = Int8Product.rounded(m);
        long sums = Scratch.floats((long) rounded * WIDTH + Math.ceilDiv((long) rounded * k, BYTES));
        long q = sums + (long) rounded * WIDTH * BYTES;
        var scales = new Scale[m];
        for (int t = 0; t < m; t++) scales[t] = quantize(x.row(t), q + (long) t * k, k);
        for (int j = 0; j < w.columns(); j += WIDTH) {
            if (!Nd4jProduct.multiply(q, w.panel(j / WIDTH), sums, rounded, k, WIDTH))
                throw new IllegalStateException("no product of bytes of " + x + " and " + w);
            int n = Math.min(WIDTH, w.columns() - j);
            for (int t = 0; t < m; t++) scale(sums + (long) t * WIDTH * BYTES, scales[t], w, j, n, z.row(t));
        }
    }

    /// Of a row, x ≈ a + b q.
    private record Scale(float a, float b) {}

    /// q = round((x − a) / b), in bytes.
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
        for (int i = 0; i < k; i++) Vectors.setByte(q + i, Int8Product.quantized(row[i], least, inverse));
        return new Scale(least, range / Int8Product.LARGEST);
    }

    /// z[j] = s[j] (a C[j] + b sums[j]) for n columns from `first` on.
    private static void scale(long sums, Scale row, Int8Matrix w, int first, int n, long z) {
        for (int j = 0; j < n; j++) {
            int sum = Float.floatToRawIntBits(get(sums + (long) j * BYTES));
            float scaled = Math.fma(row.a, w.sums()[first + j], sum * row.b) * w.scales().get(0, first + j);
            Vectors.set(z + (long) (first + j) * BYTES, scaled);
        }
    }
}
