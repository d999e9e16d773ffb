package nmt4j.kernel;

/// What a convolution sees of each row: k rows side by side, some of which may be missing.
public final class WindowKernel {
    private WindowKernel() {}

    /// y[t] = [x[rows[t, 0]]; … ; x[rows[t, k − 1]]], with 0 for a row −1.
    ///
    /// @param x     [T, H]
    /// @param rows  [T · k]
    /// @param y     [T, k · H]
    public static void gather(Matrix x, int[] rows, Matrix y, int from, int to) {
        int size = x.columns();
        int width = y.columns() / size;
        for (int t = from; t < to; t++) {
            for (int j = 0; j < width; j++) {
                int row = rows[t * width + j];
                long place = y.row(t) + (long) j * size * Float.BYTES;
                if (row < 0) Elementwise.fill(place, size, 0);
                else Elementwise.copy(x.row(row), place, size);
            }
        }
    }

    /// dx[t] += Σ over j of part j of dy[seenBy[t, j]], in the order of j; −1 is none.
    ///
    /// @param dy      [T, k · H]
    /// @param seenBy  [T · k]
    /// @param dx      [T, H]
    public static void gatherBack(Matrix dy, int[] seenBy, Matrix dx, boolean accumulate, int from, int to) {
        int size = dx.columns();
        int width = dy.columns() / size;
        for (int t = from; t < to; t++) {
            if (!accumulate) Elementwise.fill(dx.row(t), size, 0);
            for (int j = 0; j < width; j++) {
                int row = seenBy[t * width + j];
                if (row >= 0) Elementwise.add(dy.row(row) + (long) j * size * Float.BYTES, dx.row(t), size);
            }
        }
    }
}
