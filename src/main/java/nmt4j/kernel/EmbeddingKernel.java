package nmt4j.kernel;

/// Rows of a table by number, scaled, and the way back.
public final class EmbeddingKernel {
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private EmbeddingKernel() {}

    /// y[t] = scale · table[ids[t]].
    public static void gather(Matrix table, int[] ids, float scale, Matrix y, int from, int to) {
        if (WARM_UP.isOver((long) (to - from) * y.columns()))
            for (int t = from; t < to; t++) Elementwise.axpy(table.row(ids[t]), scale, y.row(t), y.columns(), false);
        else gatherScalars(table, ids, scale, y, from, to);
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void gatherScalars(Matrix table, int[] ids, float scale, Matrix y, int from, int to) {
        for (int t = from; t < to; t++) {
            var row = ScalarRows.row(table.row(ids[t]), y.columns());
            for (int j = 0; j < row.length; j++) row[j] = Math.fma(row[j], scale, 0f); // −0 becomes 0
            ScalarRows.store(row, y.row(t));
        }
    }

    /// table[ids[t]] += scale · x[t] for those t of `order` between `from` and `to`, one after the other.
    public static void scatterAdd(Matrix x, int[] ids, int[] order, float scale, Matrix table, int from, int to) {
        for (int i = from; i < to; i++) {
            int t = order[i];
            Elementwise.axpy(x.row(t), scale, table.row(ids[t]), x.columns(), true);
        }
    }
}
