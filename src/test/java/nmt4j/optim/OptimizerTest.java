package nmt4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nmt4j.config.OptimizerConfig;
import nmt4j.kernel.Parallel;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static final float[] START = {1, -2, 0.5f, 0, 3};

    /// u of 1 … 5, over these gradients.
    private static float[] gradient(int u) {
        return new float[] {0.1f * u, -0.5f, 2f / u, 0, u % 2 == 0 ? 1 : -1};
    }

    /// The expected numbers are PyTorch 2's:
    /// ```python
    /// w = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5, 0.0, 3.0])); o = OPTIMIZER([w], lr=0.01, …)
    /// for u in range(1, 6): w.grad = torch.tensor([0.1 * u, -0.5, 2.0 / u, 0.0, (-1.0) ** u]); o.step()
    /// ```
    @Test
    void fiveUpdatesEqualPyTorchs() {
        assertArrayEquals(new float[] {0.9517474f, -1.95f, 0.45571196f, 0, 3.0143492f},
                afterFive(new OptimizerConfig.Adam(0.9, 0.98, 1e-9)), 1e-6f);
        assertArrayEquals(new float[] {0.9468549f, -1.9401201f, 0.45331076f, 0, 2.9993348f},
                afterFive(new OptimizerConfig.AdamW(0.9, 0.98, 1e-9, 0.1)), 1e-6f);
        assertArrayEquals(new float[] {0.96829695f, -1.9342794f, 0.35214132f, 0, 3.0246611f},
                afterFive(new OptimizerConfig.Sgd(0.9)), 1e-6f);
    }

    private static float[] afterFive(OptimizerConfig config) {
        try (var parallel = new Parallel(1); var parameters = parameters(5)) {
            var w = parameters.get("w0");
            w.value().copyFrom(START);
            try (var optimizer = Optimizer.of(config, new Trainable(parameters, List.of(), parallel))) {
                for (int u = 1; u <= 5; u++) {
                    w.gradient().copyFrom(gradient(u));
                    optimizer.update(u, 0.01, 1);
                }
            }
            return w.value().toArray();
        }
    }

    /// m = (1 − β₁) g and v = (1 − β₂) g² after one update, so that the corrected step is the rate in the direction of g.
    @Test
    void theFirstStepOfAdamIsTheRate() {
        try (var parallel = new Parallel(1); var parameters = parameters(2)) {
            parameters.get("w0").gradient().copyFrom(new float[] {1e-3f, -70});
            try (var optimizer = Optimizer.of(new OptimizerConfig.Adam(0.9, 0.999, 1e-12),
                    new Trainable(parameters, List.of(), parallel))) {
                optimizer.update(1, 0.25, 1);
            }
            assertArrayEquals(new float[] {-0.25f, 0.25f}, parameters.get("w0").value().toArray(), 1e-5f);
        }
    }

    @Test
    void aFrozenParameterStaysEvenUnderWeightDecay() {
        try (var parallel = new Parallel(2); var parameters = parameters(3, 7, 5)) {
            for (var p : parameters.all()) {
                p.value().fill(1);
                p.gradient().fill(2);
            }
            var frozen = parameters.get("w1");
            try (var optimizer = Optimizer.of(new OptimizerConfig.AdamW(0.9, 0.98, 1e-9, 0.5),
                    new Trainable(parameters, List.of(frozen), parallel))) {
                optimizer.update(1, 0.1, 1);
            }
            assertEquals(1, frozen.value().get(0, 6));
            for (var moved : List.of("w0", "w2"))
                assertEquals(1 - 0.1f - 0.05f, parameters.get(moved).value().get(0, 0), 1e-6);
        }
    }

    @Test
    void theNormCountsEveryTrainableElementOnce() {
        try (var parallel = new Parallel(2); var parameters = parameters(40_001, 3)) {
            for (var p : parameters.all()) p.gradient().fill(0.5f);
            assertEquals(Math.sqrt(40_004 * 0.25), new Trainable(parameters, List.of(), parallel).gradientNorm(), 1e-3);
            var onlySecond = new Trainable(parameters, List.of(parameters.get("w0")), parallel);
            assertEquals(Math.sqrt(0.75), onlySecond.gradientNorm(), 1e-6);
            parameters.get("w1").gradient().set(0, 2, Float.NaN);
            assertEquals(Double.NaN, onlySecond.gradientNorm());
        }
    }

    @Test
    void clippingShortensLongGradientsToTheLimitAndLeavesOthers() {
        assertEquals(1, Trainable.clippingScale(0.99, 1));
        assertEquals(1, Trainable.clippingScale(1, 1));
        assertEquals(0.125, Trainable.clippingScale(4, 0.5));
        try (var parallel = new Parallel(1); var parameters = parameters(4)) {
            parameters.get("w0").gradient().copyFrom(new float[] {-3, 0.1f, 0.2f, 7});
            new Trainable(parameters, List.of(), parallel).clipGradient(0.2);
            assertArrayEquals(new float[] {-0.2f, 0.1f, 0.2f, 0.2f}, parameters.get("w0").gradient().toArray());
        }
    }

    @Test
    void updatesHaveTheSameBitsForAnyNumberOfThreads() {
        var one = manyUpdates(1);
        assertArrayEquals(one, manyUpdates(2));
        assertArrayEquals(one, manyUpdates(3));
    }

    private static float[] manyUpdates(int threads) {
        try (var parallel = new Parallel(threads); var parameters = parameters(50_003, 17)) {
            parameters.initialize(5);
            var trainable = new Trainable(parameters, List.of(), parallel);
            try (var optimizer = Optimizer.of(new OptimizerConfig.Adam(0.9, 0.98, 1e-9), trainable)) {
                for (int u = 1; u <= 3; u++) {
                    for (Parameter p : parameters.all()) p.gradient().copyFrom(p.value().toArray());
                    optimizer.update(u, 0.01, Trainable.clippingScale(trainable.gradientNorm(), 1));
                }
            }
            return parameters.values().toArray();
        }
    }

    private static Parameters parameters(int... sizes) {
        var parameters = new Parameters();
        for (int i = 0; i < sizes.length; i++) parameters.root().add("w" + i, sizes[i], Initializer.uniform(1));
        parameters.allocate(true);
        return parameters;
    }
}
