package nmt4j.kernel;

/// Residual connections and dropout over rows; element (t, j) has the dropout index t · H + j.
public final class ResidualKernel {
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private ResidualKernel() {}

    /// z = x + dropout(y).
    public static void forward(Matrix x, Matrix y, Matrix z, Dropout dropout, int from, int to) {
        int n = x.columns();
        if (!dropout.isNone() || WARM_UP.isOver((long) (to - from) * n))
            for (int t = from; t < to; t++) Elementwise.addDropped(x.row(t), y.row(t), z.row(t), n, dropout, t * n);
        else addScalars(x, y, z, from, to);
    }

    /// y = dropout(x), or y += dropout(x).
    public static void drop(Matrix x, Matrix y, boolean accumulate, Dropout dropout, int from, int to) {
        int n = x.columns();
        for (int t = from; t < to; t++) {
            if (!dropout.isNone()) Elementwise.drop(x.row(t), y.row(t), n, dropout, t * n, accumulate);
            else if (accumulate) Elementwise.add(x.row(t), y.row(t), n);
            else Elementwise.copy(x.row(t), y.row(t), n);
        }
    }

    /// y = dropout(x), or y += dropout(x), of whole rows: row t has the dropout index t.
    public static void dropRows(Matrix x, Matrix y, boolean accumulate, Dropout dropout, int from, int to) {
        for (int t = from; t < to; t++)
            Elementwise.axpy(x.row(t), dropout.factor(t), y.row(t), y.columns(), accumulate);
    }

    /// y += x.
    public static void add(Matrix x, Matrix y, int from, int to) {
        if (WARM_UP.isOver((long) (to - from) * x.columns()))
            for (int t = from; t < to; t++) Elementwise.add(x.row(t), y.row(t), x.columns());
        else addScalars(x, y, y, from, to);
    }

    /// z = x + y, one number at a time: see `ScalarRows`.
    static void addScalars(Matrix x, Matrix y, Matrix z, int from, int to) {
        for (int t = from; t < to; t++) {
            var row = ScalarRows.row(y.row(t), x.columns());
            ScalarRows.add(ScalarRows.row(x.row(t), x.columns()), row);
            ScalarRows.store(row, z.row(t));
        }
    }
}
