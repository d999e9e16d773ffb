package nmt4j.optim;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import nmt4j.kernel.Arena;
import nmt4j.kernel.AverageKernel;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Matrix;

/// An optimizer beside which an exponential moving average of the weights is kept (Polyak & Juditsky 1992; Vaswani et al.
/// 2017 average their last checkpoints): after its n-th update a += (1 − dₙ) (w − a) with dₙ = min(d, n / (n + 9)), so that
/// the first weights are soon forgotten. The average is part of what the optimizer remembers.
final class Averaging implements Optimizer {
    private final Optimizer optimizer;
    private final Trainable trainable;
    private final double decay;
    private final Arena arena = new Arena();
    private final Matrix average;
    private final Matrix updates; // n

    /// @param decay  d
    Averaging(Optimizer optimizer, Trainable trainable, double decay) {
        this.optimizer = optimizer;
        this.trainable = trainable;
        this.decay = decay;
        average = arena.vector(trainable.parameters().values().columns());
        average.fill(0);
        updates = arena.vector(1);
        updates.fill(0);
    }

    @Override
    public void update(long update, double rate, double gradientScale) {
        long weights = trainable.parameters().values().address();
        float n = updates.get(0, 0) + 1;
        if (n == 1) Elementwise.copy(weights, average.address(), average.columns());
        optimizer.update(update, rate, gradientScale);
        float share = (float) (1 - Math.min(decay, n / (n + 9.0)));
        trainable.each("average", 3,
                (at, size) -> AverageKernel.approach(weights + at, average.address() + at, size, share));
        updates.set(0, 0, Math.min(n, 1 << 23)); // a float counts no further; long before, d is the smaller one
    }

    @Override
    public void exchangeAverage() {
        if (updates.get(0, 0) == 0) return;
        long weights = trainable.parameters().values().address();
        trainable.each("average", 4, (at, size) -> AverageKernel.exchange(weights + at, average.address() + at, size));
    }

    @Override
    public SequencedMap<String, Matrix> state() {
        var state = new LinkedHashMap<>(optimizer.state());
        state.put("average.weights", average);
        state.put("average.updates", updates);
        return state;
    }

    @Override
    public void close() {
        optimizer.close();
        arena.close();
    }
}
