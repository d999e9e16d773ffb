package nmt4j.tensor;

import java.util.function.DoubleUnaryOperator;
import nmt4j.kernel.Activation;

/// Operations as their formulas, in double precision, with no thought of speed.
final class Oracles {
    private Oracles() {}

    static double[][] product(double[][] x, double[][] w) {
        var y = new double[x.length][w[0].length];
        for (int i = 0; i < y.length; i++)
            for (int j = 0; j < y[i].length; j++) for (int k = 0; k < w.length; k++) y[i][j] += x[i][k] * w[k][j];
        return y;
    }

    static double[][] linear(double[][] x, double[][] w, double[][] b, Activation activation) {
        var y = product(x, w);
        for (var row : y)
            for (int j = 0; j < row.length; j++) row[j] = function(activation).applyAsDouble(row[j] + b[0][j]);
        return y;
    }

    private static DoubleUnaryOperator function(Activation activation) {
        return switch (activation) {
            case NONE -> x -> x;
            case RELU -> x -> Math.max(0, x);
            case GELU -> x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case TANH -> Math::tanh;
            case LOGISTIC -> x -> 1 / (1 + Math.exp(-x));
        };
    }

    static double[][] layerNorm(double[][] x, double[][] gamma, double[][] beta) {
        var y = new double[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            int n = x[i].length;
            double mean = 0;
            for (double v : x[i]) mean += v / n;
            double variance = 0;
            for (double v : x[i]) variance += (v - mean) * (v - mean) / n;
            for (int j = 0; j < n; j++)
                y[i][j] = gamma[0][j] * (x[i][j] - mean) / Math.sqrt(variance + 1e-5) + beta[0][j];
        }
        return y;
    }

    /// Query i of a sentence sees its keys `0 … visible − 1`; columns of `kv` are keys, then values.
    static double[][] attention(double[][] q, double[][] k, double[][] v, Attention.Pattern pattern) {
        int size = q[0].length / pattern.heads();
        var y = new double[q.length][q[0].length];
        for (int s = 0; s < pattern.queries().size(); s++)
            for (int h = 0; h < pattern.heads(); h++)
                for (int i = 0; i < pattern.queries().length(s); i++)
                    attend(q[pattern.queries().begin(s) + i], k, v, pattern, s, h * size, size,
                            pattern.causal() ? i + 1 : pattern.keys().length(s), y[pattern.queries().begin(s) + i]);
        return y;
    }

    private static void attend(double[] q, double[][] k, double[][] v, Attention.Pattern pattern, int sentence,
            int from, int size,
            int visible, double[] y) {
        int begin = pattern.keys().begin(sentence);
        var weights = new double[visible];
        double sum = 0;
        for (int j = 0; j < visible; j++) {
            double score = 0;
            for (int d = from; d < from + size; d++) score += q[d] * k[begin + j][d];
            weights[j] = Math.exp(score / Math.sqrt(size));
            sum += weights[j];
        }
        for (int j = 0; j < visible; j++)
            for (int d = from; d < from + size; d++) y[d] += weights[j] / sum * v[begin + j][d];
    }

    static double[][] columns(double[][] x, int from, int to) {
        var y = new double[x.length][];
        for (int i = 0; i < x.length; i++) y[i] = java.util.Arrays.copyOfRange(x[i], from, to);
        return y;
    }

    /// Σ over rows of the label-smoothed cross-entropy, as [1, 1].
    static double[][] crossEntropy(double[][] h, double[][] w, double[][] b, int[] targets, double smoothing) {
        double loss = 0;
        for (int t = 0; t < h.length; t++) {
            var z = new double[w.length];
            double sum = 0;
            double mean = 0;
            for (int y = 0; y < z.length; y++) {
                z[y] = b[0][y];
                for (int j = 0; j < h[t].length; j++) z[y] += h[t][j] * w[y][j];
                sum += Math.exp(z[y]);
                mean += z[y] / z.length;
            }
            loss += Math.log(sum) - (1 - smoothing) * z[targets[t]] - smoothing * mean;
        }
        return new double[][] {{loss}};
    }
}
