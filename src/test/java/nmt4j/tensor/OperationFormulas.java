package nmt4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nmt4j.kernel.Activation;

/// Operations and their formulas. Sizes are distinct primes, so that a transposition can not pass.
final class OperationFormulas {
    private OperationFormulas() {}

    static Stream<Row> all() {
        return Stream.of(
                Arrays.stream(Activation.values())
                        .map(f -> new Row("linear, " + f, () -> linear(13, 7, 11, f))),
                Stream.of(new Row("linear over several tiles", () -> linear(211, 3, 5, Activation.TANH)),
                        new Row("layer norm", OperationFormulas::layerNorm),
                        new Row("layer norm and residual", OperationFormulas::residual),
                        new Row("the end of a part of a layer", () -> end(211)),
                        new Row("the same of one row", () -> end(1)),
                        new Row("self-attention", () -> selfAttention(false)),
                        new Row("causal self-attention", () -> selfAttention(true)),
                        new Row("cross-attention", OperationFormulas::crossAttention),
                        new Row("embeddings and positions", OperationFormulas::embeddings),
                        new Row("tensors one above the other", OperationFormulas::concatenate),
                        new Row("output layer and cross-entropy", () -> crossEntropy(0)),
                        new Row("the same with label smoothing", () -> crossEntropy(0.1f))))
                .flatMap(rows -> rows);
    }

    private static double linear(int rows, int inputs, int outputs, Activation activation) {
        try (var check = new GradientCheck().tensor(rows, inputs).parameter(inputs, outputs).parameter(1, outputs)) {
            return check.check((x, p) -> Operations.linear(x.getFirst(), p.get(0), p.get(1), activation),
                    x -> Oracles.linear(x[0], x[1], x[2], activation));
        }
    }

    private static double layerNorm() {
        try (var check = new GradientCheck().tensor(7, 19).parameter(1, 19).parameter(1, 19)) {
            return check.check((x, p) -> Operations.layerNorm(x.getFirst(), p.get(0), p.get(1)),
                    x -> Oracles.layerNorm(x[0], x[1], x[2]));
        }
    }

    /// A tensor that is used twice gets both gradients.
    private static double residual() {
        try (var check = new GradientCheck().tensor(5, 19).parameter(1, 19).parameter(1, 19)) {
            return check.check((x, p) -> Operations.addDropped(x.getFirst(),
                    Operations.layerNorm(x.getFirst(), p.get(0), p.get(1)), 0), x -> {
                        var y = Oracles.layerNorm(x[0], x[1], x[2]);
                        for (int i = 0; i < y.length; i++) for (int j = 0; j < y[i].length; j++) y[i][j] += x[0][i][j];
                        return y;
                    });
        }
    }

    /// x + h W + b and its norm, side by side.
    private static double end(int rows) {
        try (var check = new GradientCheck().tensor(rows, 5).tensor(rows, 3).parameter(3, 5).parameter(1, 5)
                .parameter(1, 5).parameter(1, 5)) {
            return check.check((x, p) -> {
                var end = new ResidualEnd(x.get(0), 0, p.get(2), p.get(3));
                var stream = Operations.linear(x.get(1), p.get(0), p.get(1), end);
                return Rows.concatenate(List.of(stream.sum(), stream.normal()));
            }, x -> {
                var sum = Oracles.linear(x[1], x[2], x[3], Activation.NONE);
                for (int i = 0; i < rows; i++) for (int j = 0; j < 5; j++) sum[i][j] += x[0][i][j];
                var normal = Oracles.layerNorm(sum, x[4], x[5]);
                return Stream.of(sum, normal).flatMap(Arrays::stream).toArray(double[][]::new);
            });
        }
    }

    /// The second one has a gradient from elsewhere, too.
    private static double concatenate() {
        try (var check = new GradientCheck().tensor(3, 7).tensor(5, 7)) {
            return check.check(
                    (x, p) -> Rows
                            .concatenate(List.of(Operations.addDropped(x.get(1), x.get(1), 0), x.get(1), x.get(0))),
                    x -> {
                        var y = new double[13][];
                        for (int i = 0; i < 13; i++)
                            y[i] = i < 5 ? x[1][i].clone() : i < 10 ? x[1][i - 5] : x[0][i - 10];
                        for (int i = 0; i < 5; i++) for (int j = 0; j < 7; j++) y[i][j] *= 2;
                        return y;
                    });
        }
    }

    private static double selfAttention(boolean causal) {
        var sentences = Sentences.ofLengths(3, 1, 11, 2);
        var pattern = new Attention.Pattern(sentences, sentences, 2, causal, 0);
        try (var check = new GradientCheck().tensor(17, 3 * 14)) {
            return check.check((x, p) -> Attention.self(x.getFirst(), pattern),
                    x -> Oracles.attention(Oracles.columns(x[0], 0, 14), Oracles.columns(x[0], 14, 28),
                            Oracles.columns(x[0], 28, 42), pattern));
        }
    }

    private static double crossAttention() {
        var pattern = new Attention.Pattern(Sentences.ofLengths(5, 2), Sentences.ofLengths(3, 13), 2, false, 0);
        try (var check = new GradientCheck().tensor(7, 22).tensor(16, 44)) {
            return check.check((x, p) -> Attention.cross(x.get(0), x.get(1), pattern), x -> Oracles.attention(x[0],
                    Oracles.columns(x[1], 0, 22), Oracles.columns(x[1], 22, 44), pattern));
        }
    }

    private static double embeddings() {
        int[] ids = {4, 0, 4, 2, 1, 4, 0};
        int[] positions = {0, 1, 2, 0, 1, 0, 1};
        try (var check = new GradientCheck().parameter(5, 11).parameter(3, 11)) {
            return check.check((x, p) -> Embeddings.addPositions(Embeddings.lookup(check.tape(), p.get(0), ids, 3),
                    p.get(1), positions), x -> {
                        var y = new double[ids.length][11];
                        for (int t = 0; t < ids.length; t++)
                            for (int j = 0; j < 11; j++) y[t][j] = 3 * x[0][ids[t]][j] + x[1][positions[t]][j];
                        return y;
                    });
        }
    }

    private static double crossEntropy(float smoothing) {
        int[] targets = {3, 0, 12, 7, 3};
        try (var check = new GradientCheck().tensor(5, 7).parameter(13, 7).parameter(1, 13)) {
            return check.check((x, p) -> {
                var loss = CrossEntropy.apply(x.getFirst(), new CrossEntropy.Output(p.get(0), p.get(1)), targets,
                        smoothing, 1);
                return scalar(check, loss.loss());
            }, x -> Oracles.crossEntropy(x[0], x[1], x[2], targets, smoothing));
        }
    }

    /// The loss is not on the tape: its gradient is there already, for an upstream gradient of 1.
    private static Tensor scalar(GradientCheck check, double value) {
        var tensor = check.tape().tensor(1, 1);
        tensor.value().set(0, 0, (float) value);
        return tensor;
    }
}
