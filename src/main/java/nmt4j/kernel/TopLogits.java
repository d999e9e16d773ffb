package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.exact;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.ordered;
import static nmt4j.kernel.Vectors.store;

import java.util.Arrays;

/// The k tokens of each row with the largest logits, which come some columns at a time; a softmax, as `TopTokens` has, is not
/// computed. A row's bits do not depend on how its columns come.
public final class TopLogits {
    private static final int BYTES = Float.BYTES;
    private static final float LOG_OF_MANY = 22; // of more tokens than there may be

    private final float[] max;
    private final Largest largest;

    /// @param rows  that may be added to by different threads
    public TopLogits(int rows, int k) {
        max = new float[rows];
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        largest = new Largest(rows, k);
    }

    /// Adds the bias to some columns of logits, and takes them in.
    ///
    /// @param z       logits of rows `row` … and columns `column` …
    /// @param column  the columns before have come
    /// @param bias    of all columns
    public void add(Matrix z, int row, int column, Matrix bias) {
        long biases = bias.address() + (long) column * BYTES;
        for (int i = 0; i < z.rows(); i++)
            if (CrossEntropyKernel.isEarly(z.columns())) addScalars(row + i, z.row(i), biases, z.columns(), column);
            else addVectors(row + i, z.row(i), biases, z.columns(), column);
    }

    private void addVectors(int row, long z, long bias, int n, int column) {
        float most = addBias(bias, z, n);
        max[row] = Math.max(max[row], most);
        largest.consider(row, z, n, most, column);
    }

    /// z += bias, in one go with its largest element: NaN if there is one, which has the least bits or the most.
    private static float addBias(long bias, long z, int n) {
        var least = ordered(Vectors.broadcast(Float.POSITIVE_INFINITY));
        var most = ordered(Vectors.broadcast(Float.NEGATIVE_INFINITY));
        int end = Vectors.bound(n);
        for (int j = 0; j < end; j += LANES) {
            long at = (long) j * BYTES;
            var sum = load(z + at).add(load(bias + at));
            store(sum, z + at);
            var bits = ordered(sum);
            least = bits.min(least);
            most = bits.max(most);
        }
        float lowest = Vectors.least(exact(least));
        float all = Float.isNaN(lowest) ? lowest : Vectors.largest(exact(most));
        for (int j = end; j < n; j++) {
            long at = (long) j * BYTES;
            Vectors.set(z + at, Vectors.get(z + at) + Vectors.get(bias + at));
            all = Math.max(all, Vectors.get(z + at));
        }
        return all;
    }

    /// The same, one number at a time: see `ScalarRows`.
    void addScalars(int row, long z, long bias, int n, int column) {
        var part = ScalarRows.row(z, n);
        ScalarRows.add(ScalarRows.row(bias, n), part);
        max[row] = Math.max(max[row], ScalarRows.max(part));
        largest.consider(row, part, column);
    }

    /// How many tokens of a row there are, once all columns have come: k, or less if so few are possible; none if there are no
    /// probabilities, for a logit that is NaN or +∞.
    public int count(int row) {
        return max[row] < Float.POSITIVE_INFINITY ? largest.count(row) : 0;
    }

    /// The i-th: of equal ones the lower comes first.
    public int token(int row, int i) {
        return largest.token(row, i);
    }

    /// Whether the i-th is likelier than the j-th however their log-probabilities are rounded.
    public boolean areApart(int row, int i, int j) {
        float lower = largest.logit(row, j);
        float bound = max[row] - lower + LOG_OF_MANY; // −log p of both is less
        return largest.logit(row, i) - lower > 2 * Math.ulp(bound);
    }
}
