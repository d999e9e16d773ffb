package nmt4j.kernel;

/// Rows times numbers.
public final class ScaleKernel {
    private ScaleKernel() {}

    /// z = s (x + y).
    public static void sum(Matrix x, Matrix y, float s, Matrix z, int from, int to) {
        for (int t = from; t < to; t++) {
            Elementwise.axpy(x.row(t), s, z.row(t), z.columns(), false);
            Elementwise.axpy(y.row(t), s, z.row(t), z.columns(), true);
        }
    }

    /// y = s x, or y += s x.
    public static void scale(Matrix x, float s, Matrix y, boolean accumulate, int from, int to) {
        for (int t = from; t < to; t++) Elementwise.axpy(x.row(t), s, y.row(t), y.columns(), accumulate);
    }

    /// y[t] = s[t] x[t], or y[t] += s[t] x[t].
    public static void scaleRows(Matrix x, float[] s, Matrix y, boolean accumulate, int from, int to) {
        for (int t = from; t < to; t++) Elementwise.axpy(x.row(t), s[t], y.row(t), y.columns(), accumulate);
    }
}
