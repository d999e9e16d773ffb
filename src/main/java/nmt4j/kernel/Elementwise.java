package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.bound;
import static nmt4j.kernel.Vectors.get;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.put;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

/// Loops over n consecutive floats, such as a row. The last, partial vector of a row goes through masked loads and stores.
public final class Elementwise {
    private Elementwise() {}

    private static final int BYTES = Float.BYTES;
    private static final WarmUp WARM_UP = WarmUp.ofRows();

    /// x = value.
    public static void fill(long x, long n, float value) {
        var v = Vectors.broadcast(value);
        long i = 0;
        for (; i <= n - LANES; i += LANES) store(v, x + i * BYTES);
        if (i < n) store(v, x + i * BYTES, (int) (n - i));
    }

    /// y = x.
    public static void copy(long x, long y, int n) {
        Vectors.copy(x, y, n);
    }

    /// y = x, row by row.
    public static void copy(Matrix x, Matrix y) {
        for (int t = 0; t < x.rows(); t++) copy(x.row(t), y.row(t), x.columns());
    }

    /// y += x.
    public static void add(long x, long y, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            store(load(y + at).add(load(x + at)), y + at);
        }
        long at = (long) end * BYTES;
        if (end < n) store(load(y + at, n - end).add(load(x + at, n - end)), y + at, n - end);
    }

    /// z = x + dropout(y).
    ///
    /// @param first  the index of the first element, for the dropout mask
    static void addDropped(long x, long y, long z, int n, Dropout dropout, int first) {
        if (dropout.isNone()) {
            addTo(x, y, z, n);
            return;
        }
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) addDroppedAt(x, y, z, i, LANES, dropout, first);
        if (end < n) addDroppedAt(x, y, z, end, n - end, dropout, first);
    }

    private static void addDroppedAt(long x, long y, long z, int i, int count, Dropout dropout, int first) {
        long at = (long) i * BYTES;
        put(dropout.apply(get(y + at, count), first + i).add(get(x + at, count)), z + at, count);
    }

    /// z = x + dropout(y + bias).
    ///
    /// @param first  the index of the first element, for the dropout mask
    static void addBiasedDropped(long x, long y, long bias, long z, int n, Dropout dropout, int first) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) addBiasedDroppedAt(x, y, bias, z, i, LANES, dropout, first);
        if (end < n) addBiasedDroppedAt(x, y, bias, z, end, n - end, dropout, first);
    }

    private static void addBiasedDroppedAt(long x, long y, long bias, long z, int i, int count, Dropout dropout,
            int first) {
        long at = (long) i * BYTES;
        var v = dropout.apply(get(y + at, count).add(get(bias + at, count)), first + i);
        put(v.add(get(x + at, count)), z + at, count);
    }

    /// z = x + y + bias.
    static void addBiased(long x, long y, long bias, long z, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) addBiasedAt(x, y, bias, z, i, LANES);
        if (end < n) addBiasedAt(x, y, bias, z, end, n - end);
    }

    private static void addBiasedAt(long x, long y, long bias, long z, int i, int count) {
        long at = (long) i * BYTES;
        put(get(y + at, count).add(get(bias + at, count)).add(get(x + at, count)), z + at, count);
    }

    /// z = x + y; in place if z is x or y.
    static void addTo(long x, long y, long z, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            store(load(x + at).add(load(y + at)), z + at);
        }
        long at = (long) end * BYTES;
        if (end < n) store(load(x + at, n - end).add(load(y + at, n - end)), z + at, n - end);
    }

    /// y = dropout(x), or y += dropout(x).
    static void drop(long x, long y, int n, Dropout dropout, int first, boolean accumulate) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) dropAt(x, y, i, LANES, dropout, first, accumulate);
        if (end < n) dropAt(x, y, end, n - end, dropout, first, accumulate);
    }

    /// y = dropout(x), and sums += y.
    static void dropAndAddUp(long x, long y, long sums, int n, Dropout dropout, int first) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) dropAndAddUpAt(x, y, sums, i, LANES, dropout, first);
        if (end < n) dropAndAddUpAt(x, y, sums, end, n - end, dropout, first);
    }

    private static void dropAndAddUpAt(long x, long y, long sums, int i, int count, Dropout dropout, int first) {
        long at = (long) i * BYTES;
        var v = dropout.apply(get(x + at, count), first + i);
        put(v, y + at, count);
        put(v.add(get(sums + at, count)), sums + at, count);
    }

    private static void dropAt(long x, long y, int i, int count, Dropout dropout, int first, boolean accumulate) {
        long at = (long) i * BYTES;
        var v = dropout.apply(get(x + at, count), first + i);
        if (accumulate) put(v.add(get(y + at, count)), y + at, count);
        else put(v, y + at, count);
    }

    /// y = 1 / (1 + e⁻ˣ); in place if y is x.
    static void logistic(long x, long y, int n) {
        if (!WARM_UP.isOver(n)) {
            logisticScalars(x, y, n);
            return;
        }
        int end = bound(n);
        for (int i = 0; i < end; i += LANES)
            store(Functions.logistic(load(x + (long) i * BYTES)), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(Functions.logistic(load(x + at, n - end)), y + at, n - end);
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void logisticScalars(long x, long y, int n) {
        var row = ScalarRows.row(x, n);
        for (int i = 0; i < n; i++) row[i] = Functions.logistic(row[i]);
        ScalarRows.store(row, y);
    }

    /// y = tanh x; in place if y is x.
    static void tanh(long x, long y, int n) {
        if (!WARM_UP.isOver(n)) {
            tanhScalars(x, y, n);
            return;
        }
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) store(Functions.tanh(load(x + (long) i * BYTES)), y + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(Functions.tanh(load(x + at, n - end)), y + at, n - end);
    }

    /// The same, one number at a time: see `ScalarRows`.
    static void tanhScalars(long x, long y, int n) {
        var row = ScalarRows.row(x, n);
        for (int i = 0; i < n; i++) row[i] = Functions.tanh(row[i]);
        ScalarRows.store(row, y);
    }

    /// z = x y, element by element; in place if z is x or y.
    static void multiply(long x, long y, long z, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            store(load(x + at).mul(load(y + at)), z + at);
        }
        long at = (long) end * BYTES;
        if (end < n) store(load(x + at, n - end).mul(load(y + at, n - end)), z + at, n - end);
    }

    /// z += x y, element by element.
    static void addProduct(long x, long y, long z, int n) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) {
            long at = (long) i * BYTES;
            store(load(x + at).fma(load(y + at), load(z + at)), z + at);
        }
        long at = (long) end * BYTES;
        if (end < n) store(load(x + at, n - end).fma(load(y + at, n - end), load(z + at, n - end)), z + at, n - end);
    }

    /// y = s x, or y += s x.
    static void axpy(long x, float s, long y, int n, boolean accumulate) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) axpyAt(x, s, y, i, LANES, accumulate);
        if (end < n) axpyAt(x, s, y, end, n - end, accumulate);
    }

    private static void axpyAt(long x, float s, long y, int i, int count, boolean accumulate) {
        long at = (long) i * BYTES;
        if (accumulate) put(get(x + at, count).fma(Vectors.broadcast(s), get(y + at, count)), y + at, count);
        else put(get(x + at, count).fma(Vectors.broadcast(s), Vectors.zero()), y + at, count);
    }

    /// x = s · x.
    public static void scale(long x, int n, float s) {
        int end = bound(n);
        for (int i = 0; i < end; i += LANES) store(load(x + (long) i * BYTES).mul(s), x + (long) i * BYTES);
        long at = (long) end * BYTES;
        if (end < n) store(load(x + at, n - end).mul(s), x + at, n - end);
    }

    /// x = min(limit, max(−limit, x)).
    public static void clip(long x, long n, float limit) {
        long i = 0;
        for (; i <= n - LANES; i += LANES) store(clipped(load(x + i * BYTES), limit), x + i * BYTES);
        int rest = (int) (n - i);
        if (rest > 0) store(clipped(load(x + i * BYTES, rest), limit), x + i * BYTES, rest);
    }

    private static FloatVector clipped(FloatVector x, float limit) {
        return Vectors.atMost(Vectors.atLeast(x, -limit), limit);
    }

    /// Σ x.
    static float sum(long x, int n) {
        int end = bound(n);
        var sum = Vectors.zero();
        for (int i = 0; i < end; i += LANES) sum = load(x + (long) i * BYTES).add(sum);
        if (end < n) sum = load(x + (long) end * BYTES, n - end).add(sum);
        return Vectors.sum(sum);
    }

    /// Σ x y.
    static float sumOfProducts(long x, long y, int n) {
        int end = bound(n);
        var sum = Vectors.zero();
        for (int i = 0; i < end; i += LANES) sum = load(x + (long) i * BYTES).fma(load(y + (long) i * BYTES), sum);
        long at = (long) end * BYTES;
        if (end < n) sum = load(x + at, n - end).fma(load(y + at, n - end), sum);
        return Vectors.sum(sum);
    }

    /// Σ x², over at most some ten thousand elements.
    public static float sumOfSquares(long x, int n) {
        int end = bound(n);
        FloatVector sum = Vectors.zero();
        for (int i = 0; i < end; i += LANES) {
            var v = load(x + (long) i * BYTES);
            sum = v.fma(v, sum);
        }
        if (end < n) {
            var v = load(x + (long) end * BYTES, n - end);
            sum = v.fma(v, sum);
        }
        return Vectors.sum(sum);
    }

    /// y = xᵀ, in blocks of rows, through arrays: those are fast before anything is compiled, as when a model is loaded.
    public static void transpose(Matrix x, Matrix y) {
        var rows = new float[Math.min(32, x.rows())][x.columns()];
        var column = new float[rows.length];
        for (int from = 0; from < x.rows(); from += rows.length) {
            int count = Math.min(rows.length, x.rows() - from);
            for (int i = 0; i < count; i++) Vectors.copy(x.row(from + i), rows[i]);
            for (int j = 0; j < x.columns(); j++) {
                for (int i = 0; i < count; i++) column[i] = rows[i][j];
                Vectors.copy(column, count, y.row(j) + (long) from * Float.BYTES);
            }
        }
    }
}
