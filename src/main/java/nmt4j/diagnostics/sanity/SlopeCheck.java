package nmt4j.diagnostics.sanity;

import nmt4j.data.Batch;
import nmt4j.kernel.Parallel;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Tape;

/// The gradient is the slope of the loss: for each parameter, along its own gradient g, the central difference of the loss is
/// ‖g‖. Of four step sizes the best counts, since float32 sees nothing of small ones and large ones are not straight; two
/// differences are combined so that the cubic term is gone (Richardson). The error is relative to ‖g‖, or to 1 % of the
/// gradient of all parameters where the loss sees no less. Dropout is on: one key, one mask.
final class SlopeCheck implements Check {
    private static final double LIMIT = 1e-2;
    /// Below it the other step sizes need not be tried.
    private static final double SURE = 1e-3;
    /// Step sizes: how far the loss of the batch moves at most, and the parameter, relative to its own size.
    private static final double[] MOVES = {0.1, 0.03, 0.01, 0.003};
    /// The smallest gradient that errors are relative to, as a share of all parameters'.
    private static final double SMALLEST = 0.01;

    @Override
    public String law() {
        return "the gradient is the slope of the loss";
    }

    @Override
    public Finding run(Subject subject, Parallel parallel) {
        try (var model = subject.made(); var tape = Tape.training(parallel)) {
            double all = norm(DeterminismCheck.gradient(model, subject, parallel));
            var slope = new Slope(model, tape, subject.batch(), subject.smoothing());
            double worst = 0;
            var where = "";
            for (var p : model.parameters().all()) {
                double error = slope.relativeError(p, SMALLEST * all);
                if (!(error <= worst)) {
                    worst = error;
                    where = p.name();
                }
            }
            return finding(worst <= LIMIT, Check.format("%.1e", worst), Check.format("≤ %.0e", LIMIT), where);
        }
    }

    private static double norm(float[] x) {
        double square = 0;
        for (float v : x) square += (double) v * v;
        return Math.sqrt(square);
    }

    private record Slope(TranslationModel model, Tape tape, Batch batch, float smoothing) {
        /// @param smallest  what the error is relative to at least
        double relativeError(Parameter p, double smallest) {
            var g = p.gradient().toArray();
            double norm = norm(g);
            if (norm == 0) return 0;
            var start = p.value().toArray();
            double size = Math.max(norm(start), 0.1 * Math.sqrt(start.length));
            double best = Double.MAX_VALUE;
            for (int i = 0; i < MOVES.length && best > SURE; i++) {
                double step = Math.min(MOVES[i] / norm, MOVES[i] * size) / norm;
                double slope = (4 * slope(p, start, g, step / 2) - slope(p, start, g, step)) / 3;
                best = Math.min(best, Math.abs(slope / norm - norm) / Math.max(norm, smallest));
            }
            p.value().copyFrom(start);
            return best;
        }

        /// Of the loss along g.
        private double slope(Parameter p, float[] start, float[] g, double step) {
            return (lossAt(p, start, g, step) - lossAt(p, start, g, -step)) / (2 * step);
        }

        private double lossAt(Parameter p, float[] start, float[] g, double step) {
            var moved = start.clone();
            for (int i = 0; i < moved.length; i++) moved[i] += (float) (step * g[i]);
            p.value().copyFrom(moved);
            tape.begin(1);
            return model.evaluate(tape, batch, smoothing).loss();
        }
    }
}
