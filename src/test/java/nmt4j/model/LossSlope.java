package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import nmt4j.config.ModelConfig;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Tape;

/// Compares the gradient of each of a model's parameters with differences of its loss, in float32.
public final class LossSlope {
    private static final double LIMIT = 2e-2;
    private static final float SMOOTHING = 0.1f;
    /// Large ones drown the rounding of float32, small ones miss the kinks of ReLU and maxout.
    private static final double[] STEPS = {0.1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4};

    private final TranslationModel model;
    private final Tape tape;

    private LossSlope(TranslationModel model, Tape tape) {
        this.model = model;
        this.tape = tape;
    }

    /// @param config  of a model without dropout
    /// @return        the largest error of a parameter, which is below the limit
    public static double check(ModelConfig config) {
        try (var parallel = new Parallel(1); var model = ofTheLoss(SmallModel.of(config));
                var training = Tape.training(parallel); var inference = Tape.inference(parallel)) {
            training.begin(1);
            model.train(training, SmallModel.BATCH, SMOOTHING, 1);
            var slope = new LossSlope(model, inference);
            double worst = 0;
            for (var p : model.parameters().all()) {
                assertTrue(p.hasGradient(), p.name());
                double error = slope.relativeError(p);
                assertTrue(error < LIMIT, p.name() + ": " + error);
                worst = Math.max(worst, error);
            }
            return worst;
        }
    }

    /// The same model, whose encoder gets the gradient of the loss: the convolutional one gets a part of it.
    static TranslationModel ofTheLoss(TranslationModel model) {
        return model.encoder() instanceof ConvolutionalEncoder e
                ? new TranslationModel(model.parameters(),
                        new ConvolutionalEncoder(e.embedding(), e.input(), e.layers(), e.width(), e.output(), 1),
                        model.decoder(), model.output())
                : model;
    }

    /// The error of the derivative along a direction that is half the gradient itself, half random, by the best of some
    /// step sizes; relative to the gradient's norm, or to 1 % of all parameters' where float32 sees no less. Two
    /// differences are combined so that the cubic term is gone (Richardson).
    private double relativeError(Parameter p) {
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
        for (double step : STEPS) {
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
        return model.evaluate(tape, SmallModel.BATCH, SMOOTHING).loss();
    }
}
