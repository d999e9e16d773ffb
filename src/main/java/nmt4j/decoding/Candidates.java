package nmt4j.decoding;

import nmt4j.kernel.Matrix;
import nmt4j.kernel.TopKernel;

/// The K best ways to go on from some prefixes, best first. Of equal ones the earlier row is better, then the lower token.
final class Candidates {
    private final int[] rows;
    private final int[] tokens;
    private final float[] logProbabilities;
    private final double[] totals;
    private int size;

    /// @param k  K
    Candidates(int k) {
        rows = new int[k];
        tokens = new int[k];
        logProbabilities = new float[k];
        totals = new double[k];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int row(int i) {
        return rows[i];
    }

    int token(int i) {
        return tokens[i];
    }

    float logProbability(int i) {
        return logProbabilities[i];
    }

    /// Σ log p, the token's included.
    double total(int i) {
        return totals[i];
    }

    /// Considers all ways to go on from the prefix of one row; rows come in ascending order.
    ///
    /// @param next   log-probabilities [rows, V]; −∞ and NaN are never taken
    /// @param total  Σ log p of the prefix
    void consider(Matrix next, int row, double total) {
        int n = next.columns();
        for (int v = TopKernel.firstAbove(next, row, 0, threshold(total)); v < n;
                v = TopKernel.firstAbove(next, row, v + 1, threshold(total)))
            consider(row, v, next.get(row, v), total);
    }

    /// Considers one way to go on.
    void consider(int row, int token, float logProbability, double total) {
        double sum = total + logProbability;
        if (size == totals.length && !(sum > totals[size - 1])) return;
        int i = size == totals.length ? size - 1 : size++;
        for (; i > 0 && sum > totals[i - 1]; i--) move(i - 1, i);
        rows[i] = row;
        tokens[i] = token;
        logProbabilities[i] = logProbability;
        totals[i] = sum;
    }

    /// A float that no log-probability worth taking lies at or below.
    private float threshold(double total) {
        if (size < totals.length) return Float.NEGATIVE_INFINITY;
        return Math.nextDown((float) (totals[size - 1] - total));
    }

    private void move(int from, int to) {
        rows[to] = rows[from];
        tokens[to] = tokens[from];
        logProbabilities[to] = logProbabilities[from];
        totals[to] = totals[from];
    }
}
