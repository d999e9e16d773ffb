package nmt4j.optim;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.SgdKernel;

/// Stochastic gradient descent with momentum (Sutskever, Martens, Dahl & Hinton 2013).
final class GradientDescent implements Optimizer {
    private final Trainable trainable;
    private final double momentum;
    private final Arena arena = new Arena();
    private final Matrix step;

    GradientDescent(Trainable trainable, double momentum) {
        this.trainable = trainable;
        this.momentum = momentum;
        step = arena.vector(trainable.parameters().values().columns());
        step.fill(0);
    }

    @Override
    public void update(long update, double rate, double gradientScale) {
        var kernel = new SgdKernel((float) rate, (float) momentum, (float) gradientScale);
        long w = trainable.parameters().values().address();
        long g = trainable.parameters().gradients().address();
        long s = step.address();
        trainable.each("optimizer", 5, (at, size) -> kernel.update(w + at, g + at, s + at, size));
    }

    @Override
    public SequencedMap<String, Matrix> state() {
        var state = new LinkedHashMap<String, Matrix>();
        state.put("momentum.step", step);
        return state;
    }

    @Override
    public void close() {
        arena.close();
    }
}
