package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nmt4j.config.ModelConfig;
import nmt4j.config.TransformerConfig;
import nmt4j.data.Batch;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Tape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformerGradientTest {
    private static final Batch BATCH =
            Batch.of(List.of(new int[] {4, 9, 7, 4, 6, 8, 10}, new int[] {5}, new int[] {10, 6, 4}),
                    List.of(new int[] {12, 4, 9}, new int[] {5, 6, 7, 8, 9}, new int[] {4, 4}));
    private static final float SMOOTHING = 0.1f;

    @ParameterizedTest
    @CsvSource({"PRE,SINUSOIDAL,RELU,ALL", "POST,LEARNED,GELU,OUTPUT", "PRE,LEARNED,GELU,NONE"})
    void theGradientOfEachParameterIsTheSlopeOfTheLoss(TransformerConfig.Normalization normalization,
            TransformerConfig.Positions positions, ModelConfig.Activation activation, ModelConfig.TiedEmbeddings tied) {
        var none = new TransformerConfig.Dropout(0, 0, 0, 0);
        var max = positions == TransformerConfig.Positions.LEARNED ? java.util.OptionalInt.of(11)
                : java.util.OptionalInt.empty();
        var config = new TransformerConfig(22, 13, 2, 2, 2, normalization, positions, max, activation, tied, none);
        try (var parallel = new Parallel(2); var model = ModelFactory.declare(config, 13, 13);
                var tape = Tape.training(parallel);
                var forward = Tape.inference(parallel)) {
            model.parameters().allocate(true);
            model.parameters().initialize(3);
            tape.begin(1);
            model.train(tape, BATCH, SMOOTHING, 1);
            for (var p : model.parameters().all()) {
                assertTrue(p.hasGradient(), p.name());
                double worst = relativeError(model, forward, p);
                assertTrue(worst < 1e-2, p.name() + ": " + worst);
            }
        }
    }

    /// Of the derivative along the parameter's own gradient, the best of four step sizes.
    private static double relativeError(TranslationModel model, Tape tape, Parameter p) {
        double square = 0;
        for (float g : p.gradient().toArray()) square += (double) g * g;
        double norm = Math.sqrt(square);
        if (norm < 1e-6) return 0;
        double best = Double.MAX_VALUE;
        var start = p.value().toArray();
        for (double step : new double[] {3e-2, 1e-2, 3e-3, 1e-3}) {
            double up = lossAt(model, tape, p, start, step / norm);
            double down = lossAt(model, tape, p, start, -step / norm);
            best = Math.min(best, Math.abs((up - down) / (2 * step) - norm) / norm);
        }
        p.value().copyFrom(start);
        return best;
    }

    private static double lossAt(TranslationModel model, Tape tape, Parameter p, float[] start, double step) {
        Matrix value = p.value();
        for (int i = 0; i < p.rows(); i++)
            for (int j = 0; j < p.columns(); j++)
                value.set(i, j, (float) (start[i * p.columns() + j] + step * p.gradient().get(i, j)));
        tape.begin(1);
        return model.evaluate(tape, BATCH, SMOOTHING).loss();
    }
}
