package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.load;

import java.util.Arrays;
import jdk.incubator.vector.VectorOperators;

/// Softmax of rows of logits that come some columns at a time: log Σ exp of each, and its k likeliest tokens, so that logits
/// need not be kept. A row's bits do not depend on how its columns come.
///
/// Each segment of a row is summed up by itself, relative to the largest logit so far; when there is a larger one, the sum is
/// scaled (Milakov & Gimelshein 2018, algorithm 3).
public final class TopTokens {
    /// Columns of a segment: they stay in the first cache. Columns come in whole ones, but for the last of a row.
    public static final int SEGMENT = 512;

    private static final int BYTES = Float.BYTES;
    private static final float LOG_OF_MANY = 22; // of more tokens than there may be

    private final int k;
    private final float[] max;
    private final float[] sum;    // empty if only logits are wanted
    private final int[] counts;
    private final int[] tokens;   // k of each row, the likeliest first; of equal ones the lower
    private final float[] logits; // theirs; log p at last

    /// @param rows  that may be added to by different threads
    /// @param k     0 if only log Σ exp is wanted
    public TopTokens(int rows, int k) {
        this(rows, k, new float[rows]);
    }

    /// Of logits alone, without their softmax.
    public static TopTokens ofLogits(int rows, int k) {
        return new TopTokens(rows, k, new float[0]);
    }

    private TopTokens(int rows, int k, float[] sum) {
        this.k = k;
        max = new float[rows];
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        this.sum = sum;
        counts = new int[rows];
        tokens = new int[rows * k];
        logits = new float[rows * k];
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
        if (sum.length == 0) {
            max[row] = Math.max(max[row], Float.isNaN(Elementwise.sum(z, n)) ? Float.NaN : largest);
            if (largest > threshold(row)) insertAll(row, z, n, column);
            return;
        }
        raise(row, largest);
        if (isImpossible(row)) {
            if (Float.isNaN(Elementwise.sum(z, n))) max[row] = Float.NaN; // which a largest of −∞ may hide
            return;
        }
        sum[row] += CrossEntropyKernel.exponentials(z, n, max[row], false);
        if (k > 0 && largest > threshold(row)) insertAll(row, z, n, column);
    }

    private void insertAll(int row, long z, int n, int column) {
        float threshold = threshold(row);
        int end = Vectors.bound(n);
        for (int j = 0; j < end; j += LANES) {
            long above = load(z + (long) j * BYTES).compare(VectorOperators.GT, threshold).toLong();
            for (; above != 0; above &= above - 1)
                threshold = insertAbove(threshold, row, z, j + Long.numberOfTrailingZeros(above), column);
        }
        for (int j = end; j < n; j++) threshold = insertAbove(threshold, row, z, j, column);
    }

    /// @return  the next threshold
    private float insertAbove(float threshold, int row, long z, int j, int column) {
        float logit = Vectors.get(z + (long) j * BYTES);
        if (!(logit > threshold)) return threshold;
        insert(row, column + j, logit);
        return threshold(row);
    }

    /// The same, one number at a time, with the same bits: see `ScalarLogSoftmax`.
    void addScalars(int row, long z, long bias, int n, int column) {
        var segment = ScalarLogSoftmax.row(z, n);
        ScalarLogSoftmax.add(ScalarLogSoftmax.row(bias, n), segment);
        Vectors.copy(segment, n, z);
        float largest = ScalarLogSoftmax.max(segment);
        if (sum.length == 0) {
            max[row] = Math.max(max[row], largest);
        } else {
            raise(row, largest);
            if (isImpossible(row)) return;
            sum[row] += ScalarLogSoftmax.sumOfExponentials(segment, max[row]);
        }
        if (k == 0) return;
        for (int j = 0; j < n; j++) if (segment[j] > threshold(row)) insert(row, column + j, segment[j]);
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

    private float threshold(int row) {
        return counts[row] < k ? Float.NEGATIVE_INFINITY : logits[row * k + k - 1];
    }

    private void insert(int row, int token, float logit) {
        int first = row * k;
        int i = first + (counts[row] < k ? counts[row]++ : k - 1);
        for (; i > first && logit > logits[i - 1]; i--) {
            tokens[i] = tokens[i - 1];
            logits[i] = logits[i - 1];
        }
        tokens[i] = token;
        logits[i] = logit;
    }

    /// Makes log-probabilities of the logits of rows `from` to `to`, whose columns have all come.
    public void normalize(Matrix z, int from, int to) {
        for (int row = from; row < to; row++) CrossEntropyKernel.affine(z.row(row), z.columns(), 1, shift(row));
    }

    /// −log Σ exp.
    private float shift(int row) {
        return -(max[row] + Functions.log(sum[row]));
    }

    /// Makes log-probabilities of the likeliest tokens' logits, once all columns have come, and puts the tokens in their order:
    /// of two that are equal only after rounding, too, the lower comes first.
    public void finish(int from, int to) {
        for (int row = from; row < to; row++) {
            if (sum.length == 0) {
                if (!(max[row] < Float.POSITIVE_INFINITY)) counts[row] = 0; // there are no probabilities
                continue;
            }
            int first = row * k;
            float shift = shift(row);
            for (int i = first; i < first + counts[row]; i++) {
                logits[i] += shift;
                for (int j = i; j > first && logits[j] == logits[j - 1] && tokens[j] < tokens[j - 1]; j--) {
                    int token = tokens[j];
                    tokens[j] = tokens[j - 1];
                    tokens[j - 1] = token;
                }
            }
        }
    }

    /// How many tokens of a row are likeliest: k, or less if so few are possible.
    public int count(int row) {
        return counts[row];
    }

    /// The i-th likeliest.
    public int token(int row, int i) {
        return tokens[row * k + i];
    }

    /// Whether the i-th is likelier than the j-th however their log-probabilities are rounded; of logits alone.
    public boolean areApart(int row, int i, int j) {
        float lower = logits[row * k + j];
        float largest = max[row] - lower + LOG_OF_MANY; // −log p of both is less
        return logits[row * k + i] - lower > 2 * Math.ulp(largest);
    }

    /// log p of the i-th likeliest, after `finish`; NaN if a logit of the row is.
    public float logProbability(int row, int i) {
        return logits[row * k + i];
    }
}
