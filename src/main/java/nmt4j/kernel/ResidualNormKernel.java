package nmt4j.kernel;

/// The end of a part of a layer in its residual connection, and layer normalisation behind it, a row while it is in the first
/// cache: s = x + dropout(z + b) and y = γ (s − μ) / √(σ² + ε) + β. The bits are those of one operation after the other; element
/// (t, j) has the dropout index t · H + j.
///
/// @param bias         b [1, H]
/// @param gamma, beta  [1, H]
/// @param moments      [T, 2]: μ and 1 / √(σ² + ε) of each row
public record ResidualNormKernel(Matrix bias, Dropout dropout, Matrix gamma, Matrix beta, Matrix moments) {
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    /// @param x     [T, H]
    /// @param z     [to − from, H]: rows `from` to `to` alone
    /// @param s, y  [T, H]
    public void forward(Matrix x, Matrix z, Matrix s, Matrix y, int from, int to) {
        if (!dropout.isNone() || WARM_UP.isOver((long) (to - from) * x.columns())) {
            for (int t = from; t < to; t++) {
                add(x.row(t), z.row(t - from), s.row(t), x.columns(), t);
                LayerNormKernel.forwardVectors(s, gamma, beta, y, moments, t);
            }
        } else {
            addScalars(x, z, bias, s, from, to);
            LayerNormKernel.forwardScalars(s, gamma, beta, y, moments, from, to);
        }
    }

    private void add(long x, long z, long s, int n, int t) {
        if (dropout.isNone()) Elementwise.addBiased(x, z, bias.address(), s, n);
        else Elementwise.addBiasedDropped(x, z, bias.address(), s, n, dropout, t * n);
    }

    /// s, one number at a time: see `ScalarRows`.
    static void addScalars(Matrix x, Matrix z, Matrix bias, Matrix s, int from, int to) {
        var biases = ScalarRows.row(bias.address(), x.columns());
        for (int t = from; t < to; t++) {
            var row = ScalarRows.row(z.row(t - from), x.columns());
            ScalarRows.add(biases, row);
            ScalarRows.add(ScalarRows.row(x.row(t), x.columns()), row);
            ScalarRows.store(row, s.row(t));
        }
    }

    /// From dy to ds and to dz, of which b's gradient is the sum.
    ///
    /// @param s           [T, H]
    /// @param dy          [T, H]
    /// @param ds          [T, H]
    /// @param accumulate  whether ds has a part from elsewhere
    /// @param dz          [to − from, H]
    /// @param sums        [3, H], to which the sums of these rows for dγ, dβ and db are added
    public void backward(Matrix s, Matrix dy, Matrix ds, boolean accumulate, Matrix dz, Matrix sums, int from, int to) {
        int n = s.columns();
        for (int t = from; t < to; t++) {
            LayerNormKernel.backward(s, gamma, moments, dy, ds, accumulate, sums, t);
            long row = dz.row(t - from);
            if (dropout.isNone()) {
                Elementwise.copy(ds.row(t), row, n);
                Elementwise.add(row, sums.row(2), n);
            } else {
                Elementwise.dropAndAddUp(ds.row(t), row, sums.row(2), n, dropout, t * n);
            }
        }
    }
}
