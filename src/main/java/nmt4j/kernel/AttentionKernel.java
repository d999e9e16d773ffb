package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.known;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.ordered;
import static nmt4j.kernel.Vectors.store;

/// Scaled dot-product attention of one head over one sentence (Vaswani et al. 2017, eq. 1), O = dropout(softmax(QKᵀ / √D)) V,
/// for sentences packed one after the other. The weights are not stored: the backward pass computes them again from the
/// logarithm of each row's sum.
///
/// Scores are kept as [m, n'] with n' the number of keys rounded up to whole vectors.
public final class AttentionKernel {
    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private AttentionKernel() {}

    /// One head of one sentence.
    ///
    /// @param query   [m, D]
    /// @param key     [n, D]
    /// @param value   [n, D]
    /// @param logSum  [m, 1], log Σ exp(score) of each query
    /// @param causal  whether query i sees keys 0 … i only
    public record Head(Matrix query, Matrix key, Matrix value, Matrix logSum, boolean causal, Dropout dropout) {
        private int m() {
            return query.rows();
        }

        private int n() {
            return key.rows();
        }

        private int padded() {
            return Vectors.roundUp(n());
        }

        private int size() {
            return query.columns();
        }

        float scale() {
            return AttentionKernel.scale(size());
        }

        /// How many keys query i sees: the first ones.
        int visible(int i) {
            return causal ? Math.min(i + 1, n()) : n();
        }

        /// The key of row i's dropout, whose indices are the positions of keys.
        private int rowKey(int i) {
            return dropout.key() + i * 0x85ebca6b;
        }
    }

    /// @param output  [m, D]
    public static void forward(Head head, Matrix output) {
        if (!head.dropout.isNone() || WARM_UP.isOver((long) head.m() * head.n() * head.size()))
            forwardVectors(head, output);
        else ScalarAttention.run(head, output);
    }

    /// 1 / √D.
    static float scale(int size) {
        return (float) (1 / Math.sqrt(size));
    }

    static void forwardVectors(Head head, Matrix output) {
        int n = head.padded();
        long scratch = Scratch.floats((long) head.size() * n + (long) head.m() * n + TransposeKernel.room());
        var transposed = new Matrix(scratch, head.size(), n);
        var weights = new Matrix(transposed.row(head.size()), head.m(), n);
        TransposeKernel.run(head.key, transposed, head.scale(), weights.row(head.m()));
        SmallProduct.multiply(head.query, transposed, weights);
        for (int i = 0; i < head.m(); i++) {
            softmax(weights.row(i), head.visible(i), n, head.logSum.row(i));
            if (!head.dropout.isNone()) drop(weights.row(i), n, head.rowKey(i), head.dropout.probability());
        }
        SmallProduct.multiply(weights.columns(0, head.n()), head.value, output);
    }

    /// With P the weights and P' = dropout(P): dV = P'ᵀ dO; dP = dropout(dO Vᵀ); dS = P (dP − Σ P dP) / √D; dQ = dS K; dK = dSᵀ Q.
    ///
    /// @param dOutput       [m, D]
    /// @param dQuery        [m, D]
    /// @param dKey, dValue  [n, D]
    public static void backward(Head head, Matrix dOutput, Matrix dQuery, Matrix dKey, Matrix dValue) {
        int n = head.padded();
        int m = head.m();
        long scratch = Scratch.floats((long) head.size() * n + 3L * m * n + TransposeKernel.room());
        var transposed = new Matrix(scratch, head.size(), n);
        var weights = new Matrix(transposed.row(head.size()), m, n);
        var dWeights = new Matrix(weights.row(m), m, n);
        var dropped = head.dropout.isNone() ? weights : new Matrix(dWeights.row(m), m, n);
        long room = weights.row(3 * m);
        TransposeKernel.run(head.key, transposed, head.scale(), room);
        SmallProduct.multiply(head.query, transposed, weights);
        TransposeKernel.run(head.value, transposed, 1, room);
        SmallProduct.multiply(dOutput, transposed, dWeights);
        for (int i = 0; i < m; i++) {
            exponentials(weights.row(i), head.visible(i), n, head.logSum.get(i, 0));
            if (!head.dropout.isNone()) {
                dropTo(weights.row(i), dropped.row(i), n, head.rowKey(i), head.dropout.probability());
                drop(dWeights.row(i), n, head.rowKey(i), head.dropout.probability());
            }
            scoreGradient(weights.row(i), dWeights.row(i), n, head.scale());
        }
        SmallProduct.multiplyTransposed(dropped.columns(0, head.n()), dOutput, dValue);
        SmallProduct.multiply(dWeights.columns(0, head.n()), head.key, dQuery);
        SmallProduct.multiplyTransposed(dWeights.columns(0, head.n()), head.query, dKey);
    }

    /// x[0 … visible) becomes its softmax, x[visible … n) becomes 0.
    private static void softmax(long x, int visible, int n, long logSum) {
        float max = max(x, visible);
        exponentials(x, visible, n, max);
        float sum = Elementwise.sum(x, n);
        Elementwise.scale(x, n, 1 / sum);
        Vectors.set(logSum, max + Functions.log(sum));
    }

    private static float max(long x, int visible) {
        x = known(x);
        var lowest = Vectors.broadcast(Float.NEGATIVE_INFINITY);
        var max = ordered(lowest);
        for (int j = 0; j < visible; j += LANES)
            max = ordered(lowest.blend(load(x + (long) j * BYTES), Vectors.first(visible - j))).max(max);
        return Vectors.largest(max);
    }

    /// x = exp(x − shift) before `visible`, 0 behind. n is a multiple of the vector length.
    private static void exponentials(long x, int visible, int n, float shift) {
        x = known(x);
        for (int j = 0; j < visible; j += LANES)
            store(Functions.exp(load(x + (long) j * BYTES).sub(shift)), x + (long) j * BYTES);
        for (int j = visible; j < n; j++) Vectors.set(x + (long) j * BYTES, 0);
    }

    private static void drop(long x, int n, int key, float probability) {
        dropTo(x, x, n, key, probability);
    }

    private static void dropTo(long x, long y, int n, int key, float probability) {
        x = known(x);
        y = known(y);
        var dropout = new Dropout(key, probability);
        for (int j = 0; j < n; j += LANES) store(dropout.apply(load(x + (long) j * BYTES), j), y + (long) j * BYTES);
    }

    /// d = s · p (d − Σ p d).
    private static void scoreGradient(long p, long d, int n, float s) {
        p = known(p);
        d = known(d);
        var sum = Vectors.zero();
        for (int j = 0; j < n; j += LANES) sum = load(p + (long) j * BYTES).fma(load(d + (long) j * BYTES), sum);
        float mean = Vectors.sum(sum);
        for (int j = 0; j < n; j += LANES) {
            long at = (long) j * BYTES;
            store(load(d + at).sub(mean).mul(load(p + at)).mul(s), d + at);
        }
    }
}
