package nmt4j.tensor;

import java.util.function.UnaryOperator;

/// Recurrent cells and their attention as their papers have them, one sentence and one step after the other, in double
/// precision.
final class RecurrentOracles {
    private RecurrentOracles() {}

    /// The next state of a cell.
    interface Cell {
        double[] next(double[] x, double[] state);
    }

    /// Over packed sentences: the output of each step next to, if the state has more parts, itself; plus the last state.
    static double[][] run(double[][] x, Sentences sentences, double[][] start, int size, Cell cell) {
        var y = new double[x.length][];
        for (int i = 0; i < sentences.size(); i++) {
            var state = start[i];
            for (int t = sentences.begin(i); t < sentences.end(i); t++) {
                state = cell.next(x[t], state);
                y[t] = new double[state.length];
                for (int j = 0; j < state.length; j++) y[t][j] = state[j % size];
            }
            for (int t = sentences.begin(i); t < sentences.end(i); t++)
                for (int j = 0; j < state.length; j++) y[t][j] += state[j];
        }
        return y;
    }

    static Cell lstm(double[][] w, double[][] b, double[][] u) {
        int n = u.length;
        return (x, state) -> {
            var a = plus(plus(times(x, w), b[0]), times(part(state, 0, n), u));
            var next = new double[2 * n];
            for (int j = 0; j < n; j++) {
                next[n + j] = sigma(a[n + j]) * state[n + j] + sigma(a[j]) * Math.tanh(a[2 * n + j]);
                next[j] = sigma(a[3 * n + j]) * Math.tanh(next[n + j]);
            }
            return next;
        };
    }

    static Cell gru(double[][] w, double[][] b, double[][] u) {
        int n = u.length;
        return (x, h) -> {
            var a = plus(times(x, w), b[0]);
            var q = times(h, u);
            var next = new double[n];
            for (int j = 0; j < n; j++) {
                double z = sigma(a[n + j] + q[n + j]);
                next[j] = (1 - z) * Math.tanh(a[2 * n + j] + sigma(a[j] + q[j]) * q[2 * n + j]) + z * h[j];
            }
            return next;
        };
    }

    static Cell elman(double[][] w, double[][] b, double[][] u, UnaryOperator<Double> f) {
        return (x, h) -> {
            var a = plus(plus(times(x, w), b[0]), times(h, u));
            for (int j = 0; j < a.length; j++) a[j] = f.apply(a[j]);
            return a;
        };
    }

    static Cell jordan(double[][] w, double[][] b, double[][] u, double[][] v, double[][] c) {
        return (x, y) -> {
            var h = plus(plus(times(x, w), b[0]), times(y, u));
            for (int j = 0; j < h.length; j++) h[j] = Math.tanh(h[j]);
            var next = plus(times(h, v), c[0]);
            for (int j = 0; j < next.length; j++) next[j] = Math.tanh(next[j]);
            return next;
        };
    }

    interface Score {
        double of(double[] query, double[] key);
    }

    static double dot(double[] query, double[] key) {
        double sum = 0;
        for (int j = 0; j < key.length; j++) sum += query[j] * key[j];
        return sum;
    }

    static Score additive(double[][] v) {
        return (query, key) -> {
            double sum = 0;
            for (int j = 0; j < key.length; j++) sum += v[0][j] * Math.tanh(query[j] + key[j]);
            return sum;
        };
    }

    /// The contexts of packed queries.
    static double[][] attend(double[][] queries, Sentences target, double[][] keys, double[][] values, Sentences source,
            Score score) {
        var contexts = new double[queries.length][values[0].length];
        for (int i = 0; i < target.size(); i++)
            for (int t = target.begin(i); t < target.end(i); t++) {
                double sum = 0;
                for (int s = source.begin(i); s < source.end(i); s++) {
                    double e = Math.exp(score.of(queries[t], keys[s]));
                    sum += e;
                    for (int j = 0; j < contexts[t].length; j++) contexts[t][j] += e * values[s][j];
                }
                for (int j = 0; j < contexts[t].length; j++) contexts[t][j] /= sum;
            }
        return contexts;
    }

    private static double sigma(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] times(double[] x, double[][] w) {
        var y = new double[w[0].length];
        for (int i = 0; i < w.length; i++) for (int j = 0; j < y.length; j++) y[j] += x[i] * w[i][j];
        return y;
    }

    private static double[] plus(double[] x, double[] y) {
        var z = new double[x.length];
        for (int j = 0; j < z.length; j++) z[j] = x[j] + y[j];
        return z;
    }

    private static double[] part(double[] x, int from, int to) {
        return java.util.Arrays.copyOfRange(x, from, to);
    }
}
