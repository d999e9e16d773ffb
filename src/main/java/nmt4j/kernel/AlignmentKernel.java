package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

/// A recurrent decoder's attention to its source, one query at a time: scores, their softmax α, and the context Σ α value.
public final class AlignmentKernel {
    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    private AlignmentKernel() {}

    /// scores[j] = query · keys[j] (Luong, Pham & Manning 2015, "dot").
    ///
    /// @param keys  [n, A]
    public static void dot(long query, Matrix keys, long scores) {
        for (int j = 0; j < keys.rows(); j++)
            Vectors.set(scores + (long) j * BYTES, Elementwise.sumOfProducts(query, keys.row(j), keys.columns()));
    }

    /// scores[j] = v · tanh(query + keys[j]) (Bahdanau, Cho & Bengio 2015, appendix A.1.2).
    public static void additive(long query, long v, Matrix keys, long scores) {
        if (!WARM_UP.isOver(keys.size())) {
            additiveScalars(query, v, keys, scores);
            return;
        }
        int n = keys.columns();
        int end = bound(n);
        for (int j = 0; j < keys.rows(); j++) {
            long key = keys.row(j);
            var sum = Vectors.zero();
            for (int i = 0; i < end; i += LANES) {
                long at = (long) i * BYTES;
                sum = Functions.tanh(load(query + at).add(load(key + at))).fma(load(v + at), sum);
            }
            long at = (long) end * BYTES;
            int rest = n - end;
            if (rest > 0)
                sum = Functions.tanh(load(query + at, rest).add(load(key + at, rest))).fma(load(v + at, rest), sum);
            Vectors.set(scores + (long) j * BYTES, Vectors.sum(sum));
        }
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void additiveScalars(long query, long v, Matrix keys, long scores) {
        int n = keys.columns();
        var added = ScalarRows.row(query, n);
        var factors = ScalarRows.row(v, n);
        for (int j = 0; j < keys.rows(); j++) {
            var key = ScalarRows.row(keys.row(j), n);
            for (int i = 0; i < n; i++) key[i] = Functions.tanh(added[i] + key[i]);
            Vectors.set(scores + (long) j * BYTES, ScalarRows.sumOfProducts(key, factors, 0, n));
        }
    }

    /// n scores become weights.
    public static void softmax(long scores, int n) {
        float max = Vectors.get(scores);
        for (int j = 1; j < n; j++) max = Math.max(max, Vectors.get(scores + (long) j * BYTES));
        int end = bound(n);
        for (int j = 0; j < end; j += LANES)
            store(Functions.exp(load(scores + (long) j * BYTES).sub(max)), scores + (long) j * BYTES);
        long at = scores + (long) end * BYTES;
        if (end < n) store(Functions.exp(load(at, n - end).sub(max)), at, n - end);
        float sum = 0;
        for (int j = 0; j < n; j++) sum += Vectors.get(scores + (long) j * BYTES);
        Elementwise.scale(scores, n, 1 / sum);
    }

    /// y = Σ weights[j] values[j].
    ///
    /// @param values  [n, H]
    public static void combine(long weights, Matrix values, long y) {
        Elementwise.fill(y, values.columns(), 0);
        addCombined(weights, values, y);
    }

    /// y += Σ weights[j] values[j].
    private static void addCombined(long weights, Matrix values, long y) {
        int size = values.columns();
        int end = bound(size);
        for (int i = 0; i < end; i += LANES) addCombinedAt(weights, values, y, i, LANES);
        if (end < size) addCombinedAt(weights, values, y, end, size - end);
    }

    private static void addCombinedAt(long weights, Matrix values, long y, int i, int count) {
        long at = (long) i * BYTES;
        var sum = get(y + at, count);
        for (int j = 0; j < values.rows(); j++)
            sum = get(values.row(j) + at, count).fma(Vectors.broadcast(Vectors.get(weights + (long) j * BYTES)), sum);
        put(sum, y + at, count);
    }

    /// The scores' gradient, over the weights' own: dα[j] = dy · values[j]; d[j] = α[j] (dα[j] − Σ α dα).
    public static void backward(long dy, Matrix values, long weights, long dScores) {
        dot(dy, values, dScores);
        int n = values.rows();
        float mean = 0;
        for (int j = 0; j < n; j++)
            mean += Vectors.get(weights + (long) j * BYTES) * Vectors.get(dScores + (long) j * BYTES);
        for (int j = 0; j < n; j++) {
            long at = (long) j * BYTES;
            Vectors.set(dScores + at, Vectors.get(weights + at) * (Vectors.get(dScores + at) - mean));
        }
    }

    /// dQuery += Σ dScores[j] keys[j].
    public static void dotBackward(long dScores, Matrix keys, long dQuery) {
        addCombined(dScores, keys, dQuery);
    }

    /// Additive attention's query, and where the gradients go.
    ///
    /// @param query, v    [A]
    /// @param dQuery, dV  [A], to be added to
    /// @param dKeys       [n, A], to be added to
    public record Additive(long query, long v, long dQuery, long dV, Matrix dKeys) {}

    /// With u = tanh(query + keys[j]), which is computed again: dV += d[j] u; dKeys[j] += d[j] v (1 − u²), dQuery likewise.
    public static void additiveBackward(long dScores, Matrix keys, Additive a) {
        int size = keys.columns();
        int end = bound(size);
        for (int i = 0; i < end; i += LANES) additiveBackwardAt(dScores, keys, a, i, LANES);
        if (end < size) additiveBackwardAt(dScores, keys, a, end, size - end);
    }

    private static void additiveBackwardAt(long dScores, Matrix keys, Additive a, int i, int count) {
        long at = (long) i * BYTES;
        var one = Vectors.broadcast(1f);
        var query = get(a.query + at, count);
        var v = get(a.v + at, count);
        var dQuery = Vectors.zero();
        var dV = get(a.dV + at, count);
        for (int j = 0; j < keys.rows(); j++) {
            var d = Vectors.broadcast(Vectors.get(dScores + (long) j * BYTES));
            var u = Functions.tanh(query.add(get(keys.row(j) + at, count)));
            dV = d.fma(u, dV);
            var slope = d.mul(v).mul(one.sub(u.mul(u)));
            dQuery = slope.add(dQuery);
            long dKey = a.dKeys.row(j) + at;
            put(get(dKey, count).add(slope), dKey, count);
        }
        put(get(a.dQuery + at, count).add(dQuery), a.dQuery + at, count);
        put(dV, a.dV + at, count);
    }

    /// y[j] += Σ over rows t of weights[t, j] x[t]: what the queries of one sentence leave at its keys or values.
    ///
    /// @param weights  rows of it are given by number
    /// @param x        [_, H], the same rows
    /// @param y        [n, H]
    public static void spread(Matrix weights, Matrix x, int[] rows, Matrix y) {
        int size = y.columns();
        int end = bound(size);
        for (int j = 0; j < y.rows(); j++) {
            long column = weights.address() + (long) j * BYTES;
            long step = (long) weights.stride() * BYTES;
            for (int i = 0; i < end; i += LANES) spreadAt(column, step, x, rows, y.row(j), i, LANES);
            if (end < size) spreadAt(column, step, x, rows, y.row(j), end, size - end);
        }
    }

    private static void spreadAt(long weights, long step, Matrix x, int[] rows, long y, int i, int count) {
        long at = (long) i * BYTES;
        var sum = get(y + at, count);
        for (int row : rows)
            sum = get(x.row(row) + at, count).fma(Vectors.broadcast(Vectors.get(weights + row * step)), sum);
        put(sum, y + at, count);
    }
}
