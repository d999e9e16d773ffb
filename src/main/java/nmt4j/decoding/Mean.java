package nmt4j.decoding;

import nmt4j.kernel.CrossEntropyKernel;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.LogSumKernel;
import nmt4j.kernel.Matrix;

/// What several models together say of the next token.
public enum Mean {
    /// The geometric mean of the models' probabilities, normalised: p ∝ exp(1/n Σ log pᵢ).
    GEOMETRIC {
        @Override
        void add(long logProbabilities, long sum, int size) {
            Elementwise.add(logProbabilities, sum, size);
        }

        @Override
        void divide(Matrix sum, int models) {
            for (int row = 0; row < sum.rows(); row++) Elementwise.scale(sum.row(row), sum.columns(), 1f / models);
            CrossEntropyKernel.logSoftmax(sum, 0, sum.rows());
        }
    },

    /// Their arithmetic mean: p = 1/n Σ pᵢ.
    ARITHMETIC {
        @Override
        void add(long logProbabilities, long sum, int size) {
            LogSumKernel.add(logProbabilities, sum, size);
        }

        @Override
        void divide(Matrix sum, int models) {
            float log = (float) StrictMath.log(models);
            for (int row = 0; row < sum.rows(); row++)
                for (int v = 0; v < sum.columns(); v++) sum.set(row, v, sum.get(row, v) - log);
        }
    };

    /// Adds a row of one model's log-probabilities to those before.
    abstract void add(long logProbabilities, long sum, int size);

    /// Makes the sums log-probabilities again.
    abstract void divide(Matrix sum, int models);

    /// The mean of matrices of log-probabilities [rows, V], in the place of the first.
    Matrix of(Iterable<Matrix> models) {
        var each = models.iterator();
        var sum = each.next();
        int count = 1;
        for (; each.hasNext(); count++) {
            var next = each.next();
            for (int row = 0; row < sum.rows(); row++) add(next.row(row), sum.row(row), sum.columns());
        }
        if (count > 1) divide(sum, count);
        return sum;
    }
}
