package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;

/// Compares an operation with a plain double-precision oracle: its value, and its gradients with the oracle's central
/// differences. What is differentiated is Σ c y with random c.
final class GradientCheck implements AutoCloseable {
    private static final double STEP = 1e-5;

    /// The same operation, written down as its formula.
    interface Oracle {
        double[][] apply(double[][][] inputs);
    }

    /// Rounding in recurrences of random weights: up to 7e-5 with AVX2's products, 1.2e-4 with those for SSE 4.1.
    private static final double GRADIENT_TOLERANCE = 2e-4;

    /// The operation under test.
    interface Operation {
        Tensor apply(List<Tensor> tensors, List<Parameter> parameters);
    }

    private final Random random = new Random(5);
    private final Parallel parallel = new Parallel(2);
    private final Tape tape = Tape.training(parallel);
    private final Parameters parameters = new Parameters();
    private final List<Parameter> weights = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    GradientCheck() {
        tape.begin(7);
    }

    Tape tape() {
        return tape;
    }

    /// An input [rows, columns] of random numbers.
    GradientCheck tensor(int rows, int columns) {
        var tensor = tape.tensor(rows, columns);
        fill(tensor.value());
        tensors.add(tensor);
        return this;
    }

    /// A parameter [rows, columns] of random numbers; all are declared before the first check.
    GradientCheck parameter(int rows, int columns) {
        weights.add(parameters.root().add("p" + weights.size(), rows, columns, Initializer.ZERO));
        return this;
    }

    /// The inputs of the oracle are the tensors, then the parameters.
    ///
    /// @return the largest relative error of a gradient
    double check(Operation operation, Oracle oracle) {
        parameters.allocate(true);
        for (var w : weights) fill(w.value());
        var inputs = inputs();
        var y = operation.apply(tensors, weights);
        assertClose(oracle.apply(inputs), y.value(), 2e-5, "value");
        var c = y.receive().matrix();
        if (c.size() == 1) c.fill(1); // a loss
        else fill(c);
        var upstream = doubles(c);
        tape.backward();
        double worst = 0;
        for (int k = 0; k < inputs.length; k++) {
            var gradient = k < tensors.size() ? tensors.get(k).gradient() : weights.get(k - tensors.size()).gradient();
            worst = Math.max(worst,
                    assertClose(differences(oracle, inputs, k, upstream), gradient, GRADIENT_TOLERANCE,
                            "gradient of input " + k));
        }
        return worst;
    }

    private void fill(Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++)
            for (int j = 0; j < matrix.columns(); j++) matrix.set(i, j, (float) random.nextGaussian());
    }

    private double[][][] inputs() {
        var inputs = new double[tensors.size() + weights.size()][][];
        for (int k = 0; k < tensors.size(); k++) inputs[k] = doubles(tensors.get(k).value());
        for (int k = 0; k < weights.size(); k++) inputs[tensors.size() + k] = doubles(weights.get(k).value());
        return inputs;
    }

    static double[][] doubles(Matrix matrix) {
        var copy = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++)
            for (int j = 0; j < matrix.columns(); j++) copy[i][j] = matrix.get(i, j);
        return copy;
    }

    private static double[][] differences(Oracle oracle, double[][][] inputs, int k, double[][] upstream) {
        var gradient = new double[inputs[k].length][inputs[k][0].length];
        for (int i = 0; i < gradient.length; i++)
            for (int j = 0; j < gradient[i].length; j++) {
                double x = inputs[k][i][j];
                inputs[k][i][j] = x + STEP;
                double up = weighted(oracle.apply(inputs), upstream);
                inputs[k][i][j] = x - STEP;
                double down = weighted(oracle.apply(inputs), upstream);
                inputs[k][i][j] = x;
                gradient[i][j] = (up - down) / (2 * STEP);
            }
        return gradient;
    }

    private static double weighted(double[][] y, double[][] c) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) for (int j = 0; j < y[i].length; j++) sum += y[i][j] * c[i][j];
        return sum;
    }

    /// @return the largest difference, relative to the larger of 1 and the expected value
    private static double assertClose(double[][] expected, Matrix actual, double tolerance, String what) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++)
            for (int j = 0; j < expected[i].length; j++) {
                double error = Math.abs(expected[i][j] - actual.get(i, j)) / Math.max(1, Math.abs(expected[i][j]));
                assertTrue(error <= tolerance,
                        what + " [" + i + ", " + j + "]: " + actual.get(i, j) + ", expected " + expected[i][j]);
                worst = Math.max(worst, error);
            }
        return worst;
    }

    @Override
    public void close() {
        tape.close();
        parameters.close();
        parallel.close();
    }
}
