package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.load;

import jdk.incubator.vector.VectorOperators;

/// The k largest logits of each of some rows, the largest first, and whose they are; of equal ones the lower token comes first.
/// Columns come in ascending order, some at a time.
final class Largest {
    private final int k;
    private final int[] counts;
    private final int[] tokens; // k of each row
    private final float[] logits;

    /// @param k  may be 0
    Largest(int rows, int k) {
        this.k = k;
        counts = new int[rows];
        tokens = new int[rows * k];
        logits = new float[rows * k];
    }

    /// Considers n logits of a row.
    ///
    /// @param z        their address
    /// @param largest  of them
    /// @param column   of the first
    void consider(int row, long z, int n, float largest, int column) {
        if (k > 0 && largest > threshold(row)) insertAll(row, z, n, column);
    }

    private void insertAll(int row, long z, int n, int column) {
        float threshold = threshold(row);
        int end = Vectors.bound(n);
        for (int j = 0; j < end; j += LANES) {
            long above = load(z + (long) j * Float.BYTES).compare(VectorOperators.GT, threshold).toLong();
            for (; above != 0; above &= above - 1)
                threshold = insertAbove(threshold, row, z, j + Long.numberOfTrailingZeros(above), column);
        }
        for (int j = end; j < n; j++) threshold = insertAbove(threshold, row, z, j, column);
    }

    /// @return  the next threshold
    private float insertAbove(float threshold, int row, long z, int j, int column) {
        float logit = Vectors.get(z + (long) j * Float.BYTES);
        if (!(logit > threshold)) return threshold;
        insert(row, column + j, logit);
        return threshold(row);
    }

    /// The same, one number at a time.
    void consider(int row, float[] z, int column) {
        if (k == 0) return;
        for (int j = 0; j < z.length; j++) if (z[j] > threshold(row)) insert(row, column + j, z[j]);
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

    /// Adds the same number to the logits of a row; tokens whose logits are equal after it change places if the lower comes later.
    void shift(int row, float shift) {
        int first = row * k;
        for (int i = first; i < first + counts[row]; i++) {
            logits[i] += shift;
            for (int j = i; j > first && logits[j] == logits[j - 1] && tokens[j] < tokens[j - 1]; j--) {
                int token = tokens[j];
                tokens[j] = tokens[j - 1];
                tokens[j - 1] = token;
            }
        }
    }

    /// How many there are: k, or less if so few are above −∞.
    int count(int row) {
        return counts[row];
    }

    int token(int row, int i) {
        return tokens[row * k + i];
    }

    float logit(int row, int i) {
        return logits[row * k + i];
    }
}
