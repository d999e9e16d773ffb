package nmt4j.kernel;

import java.util.Arrays;

/// Softmax of rows of logits that come some columns at a time: log Σ exp of each, and its k likeliest tokens, so that logits
/// need not be kept. A row's bits do not depend on how its columns come.
///
/// Each segment of a row is summed up by itself, relative to the largest logit so far; when there is a larger one, the sum is
/// scaled (Milakov & Gimelshein 2018, algorithm 3).
public final class TopTokens {
    /// Columns of a segment: they stay in the first cache. Columns come in whole ones, but for the last of a row.
    public static final int SEGMENT = 512;

    private static final int BYTES = Float.BYTES;

    private final float[] max;
    private final float[] sum;
    private final Largest likeliest; // log p in place of logits at last

    /// @param rows  that may be added to by different threads
    /// @param k     0 if only log Σ exp is wanted
    public TopTokens(int rows, int k) {
        max = new float[rows];
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        sum = new float[rows];
        likeliest = new Largest(rows, k);
    }

    /// Adds the bias to some columns of logits, and takes them in.
    ///
    /// @param z       logits of rows `row` … and columns `column` …
    /// @param column  the columns before have come
    /// @param bias    of all columns
    public void add(Matrix z, int row, int column, Matrix bias) {
        for (int i = 0; i < z.rows(); i++)
            for (int j = 0; j < z.columns(); j += SEGMENT) {
                long at = z.row(i) + (long) j * BYTES;
                long biases = bias.address() + (long) (column + j) * BYTES;
                int n = Math.min(SEGMENT, z.columns() - j);
                if (CrossEntropyKernel.isEarly(n)) addScalars(row + i, at, biases, n, column + j);
                else addVectors(row + i, at, biases, n, column + j);
            }
    }

    private void addVectors(int row, long z, long bias, int n, int column) {
        Elementwise.add(bias, z, n);
        float largest = CrossEntropyKernel.max(z, n);
        raise(row, largest);
        if (isImpossible(row)) {
            if (Float.isNaN(Elementwise.sum(z, n))) max[row] = Float.NaN; // which a largest of −∞ may hide
            return;
        }
        sum[row] += CrossEntropyKernel.exponentials(z, n, max[row], false);
        likeliest.consider(row, z, n, largest, column);
    }

    /// The same, one number at a time, with the same bits: see `ScalarRows`.
    void addScalars(int row, long z, long bias, int n, int column) {
        var segment = ScalarRows.row(z, n);
        ScalarRows.add(ScalarRows.row(bias, n), segment);
        ScalarRows.store(segment, z);
        raise(row, ScalarRows.max(segment));
        if (isImpossible(row)) return;
        sum[row] += ScalarRows.sumOfExponentials(segment, max[row]);
        likeliest.consider(row, segment, column);
    }

    /// From now on a row's sum is relative to a logit at least as large as `largest`.
    private void raise(int row, float largest) {
        float before = max[row];
        max[row] = Math.max(before, largest);
        if (max[row] != before) sum[row] *= Functions.exp(before - max[row]);
    }

    /// Whether all logits so far are −∞.
    private boolean isImpossible(int row) {
        return max[row] == Float.NEGATIVE_INFINITY;
    }

    /// Makes log-probabilities of the logits of rows `from` to `to`, whose columns have all come.
    public void normalize(Matrix z, int from, int to) {
        for (int row = from; row < to; row++)
            if (CrossEntropyKernel.isEarly(z.columns())) normalizeScalars(z, row);
            else CrossEntropyKernel.affine(z.row(row), z.columns(), 1, shift(row));
    }

    /// The same of a row, one number at a time.
    void normalizeScalars(Matrix z, int row) {
        var logits = ScalarRows.row(z.row(row), z.columns());
        ScalarRows.add(shift(row), logits);
        ScalarRows.store(logits, z.row(row));
    }

    /// −log Σ exp.
    private float shift(int row) {
        return -(max[row] + Functions.log(sum[row]));
    }

    /// Makes log-probabilities of the likeliest tokens' logits, once all columns have come, and puts the tokens in their order:
    /// of two that are equal only after rounding, too, the lower comes first.
    public void finish(int from, int to) {
        for (int row = from; row < to; row++) likeliest.shift(row, shift(row));
    }

    /// How many tokens of a row are likeliest: k, or less if so few are possible.
    public int count(int row) {
        return likeliest.count(row);
    }

    /// The i-th likeliest.
    public int token(int row, int i) {
        return likeliest.token(row, i);
    }

    /// log p of the i-th likeliest, after `finish`; NaN if a logit of the row is.
    public float logProbability(int row, int i) {
        return likeliest.logit(row, i);
    }
}
