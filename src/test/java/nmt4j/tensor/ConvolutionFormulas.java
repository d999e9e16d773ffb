package nmt4j.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nmt4j.kernel.Activation;

/// Convolutions and their formulas, over sentences longer and shorter than the kernel.
final class ConvolutionFormulas {
    private static final Sentences SENTENCES = Sentences.ofLengths(2, 7, 1, 3);
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 11;

    private ConvolutionFormulas() {}

    static Stream<Row> all() {
        return Stream.of(
                IntStream.of(1, 3, 5).boxed()
                        .map(width -> new Row("gated convolution, kernel of " + width, () -> centred(width))),
                IntStream.of(1, 3, 5).boxed()
                        .map(width -> new Row("causal gated convolution, kernel of " + width, () -> causal(width))),
                Stream.of(new Row("gated linear unit over several tiles", ConvolutionFormulas::gated),
                        new Row("weight norm", ConvolutionFormulas::weightNorm),
                        new Row("scaled sums and rows", ConvolutionFormulas::scaled)))
                .flatMap(rows -> rows);
    }

    private static double centred(int width) {
        try (var check = inputs(width)) {
            return check.check(
                    (x, p) -> Convolution.gated(Window.centred(SENTENCES, width).apply(x.getFirst()), p.get(0),
                            p.get(1)),
                    x -> convolution(x[0], x[1], x[2], width / 2));
        }
    }

    private static double causal(int width) {
        var steps = TimeSteps.forward(SENTENCES);
        try (var check = inputs(width)) {
            return check.check((x, p) -> {
                var window = Window.causal(steps, width).apply(Rows.choose(x.getFirst(), steps.packedOfRow()));
                return Rows.choose(Convolution.gated(window, p.get(0), p.get(1)), steps.rowOfPacked());
            }, x -> convolution(x[0], x[1], x[2], width - 1));
        }
    }

    private static GradientCheck inputs(int width) {
        return new GradientCheck().tensor(SENTENCES.tokens(), INPUTS).parameter(width * INPUTS, 2 * OUTPUTS)
                .parameter(1, 2 * OUTPUTS);
    }

    /// y[t] = a ⊗ σ(b) with [a, b] = Σⱼ x[t + j − before] Wⱼ + bias, in which x is 0 outside of the sentence.
    private static double[][] convolution(double[][] x, double[][] w, double[][] bias, int before) {
        var y = new double[x.length][];
        for (int i = 0; i < SENTENCES.size(); i++)
            for (int t = SENTENCES.begin(i); t < SENTENCES.end(i); t++) {
                var z = bias[0].clone();
                for (int row = 0; row < w.length; row++) {
                    int seen = t + row / INPUTS - before;
                    if (seen < SENTENCES.begin(i) || seen >= SENTENCES.end(i)) continue;
                    for (int c = 0; c < z.length; c++) z[c] += x[seen][row % INPUTS] * w[row][c];
                }
                y[t] = glu(z);
            }
        return y;
    }

    private static double[] glu(double[] z) {
        var y = new double[z.length / 2];
        for (int c = 0; c < y.length; c++) y[c] = z[c] / (1 + Math.exp(-z[y.length + c]));
        return y;
    }

    private static double gated() {
        try (var check = new GradientCheck().tensor(211, 3).parameter(3, 10).parameter(1, 10)) {
            return check.check((x, p) -> Convolution.gated(x.getFirst(), p.get(0), p.get(1)), x -> {
                var y = Oracles.linear(x[0], x[1], x[2], Activation.NONE);
                return Arrays.stream(y).map(ConvolutionFormulas::glu).toArray(double[][]::new);
            });
        }
    }

    /// 67 columns: two tiles, the last of which is no whole vector.
    private static double weightNorm() {
        try (var check = new GradientCheck().tensor(5, 7).parameter(7, 67).parameter(1, 67)) {
            return check.check(
                    (x, p) -> Operations.product(x.getFirst(),
                            Convolution.weightNorm(check.tape(), p.get(0), p.get(1))),
                    x -> Oracles.product(x[0], normalized(x[1], x[2])));
        }
    }

    private static double[][] normalized(double[][] v, double[][] g) {
        var w = new double[v.length][v[0].length];
        for (int j = 0; j < w[0].length; j++) {
            double square = 0;
            for (var row : v) square += row[j] * row[j];
            for (int i = 0; i < w.length; i++) w[i][j] = g[0][j] * v[i][j] / Math.sqrt(square);
        }
        return w;
    }

    private static double scaled() {
        float[] factors = {2, -1, 0.5f, 0, 3};
        try (var check = new GradientCheck().tensor(5, 13).tensor(5, 13)) {
            return check.check((x, p) -> Rows.scale(Convolution.scaledSum(x.get(0), x.get(1), 0.7f), factors), x -> {
                var y = new double[5][13];
                for (int t = 0; t < 5; t++)
                    for (int j = 0; j < 13; j++) y[t][j] = factors[t] * 0.7f * (x[0][t][j] + x[1][t][j]);
                return y;
            });
        }
    }
}
