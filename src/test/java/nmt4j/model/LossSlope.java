package nmt4j.model;

import java.util.Random;
import nmt4j.data.Batch;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Tape;

/// Compares the gradient of a parameter with differences of a model's loss.
record LossSlope(TranslationModel model, Batch batch, float smoothing, Tape tape) {

    /// The error of the derivative along a direction that is half the gradient itself, half random, by the best of four
    /// step sizes; relative to the gradient's norm, or to 1 % of all parameters' where float32 sees no less. Two differences are combined so that the cubic term is gone (Richardson).
    double relativeError(Parameter p) {
        var g = p.gradient().toArray();
        double norm = norm(g);
        double all = norm(model.parameters().gradients().toArray());
        if (norm < 1e-6) return 0;
        var random = new Random(p.name().hashCode());
        var direction = new double[g.length];
        double expected = 0;
        for (int i = 0; i < g.length; i++) {
            direction[i] = g[i] / norm + random.nextGaussian() / Math.sqrt(g.length);
            expected += g[i] * direction[i];
        }
        double best = Double.MAX_VALUE;
        var start = p.value().toArray();
        for (double step : new double[] {0.1, 3e-2, 1e-2, 3e-3}) {
            double slope = (4 * slope(p, start, direction, step / 2) - slope(p, start, direction, step)) / 3;
            best = Math.min(best, Math.abs(slope - expected) / Math.max(norm, 0.01 * all));
        }
        p.value().copyFrom(start);
        return best;
    }

    private double slope(Parameter p, float[] start, double[] direction, double step) {
        return (lossAt(p, start, direction, step) - lossAt(p, start, direction, -step)) / (2 * step);
    }

    private static double norm(float[] x) {
        double square = 0;
        for (float v : x) square += (double) v * v;
        return Math.sqrt(square);
    }

    private double lossAt(Parameter p, float[] start, double[] direction, double step) {
        var moved = start.clone();
        for (int i = 0; i < moved.length; i++) moved[i] += (float) (step * direction[i]);
        p.value().copyFrom(moved);
        tape.begin(1);
        return model.evaluate(tape, batch, smoothing).loss();
    }
}
