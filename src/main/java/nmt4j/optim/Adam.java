package nmt4j.optim;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import nmt4j.kernel.AdamKernel;
import nmt4j.kernel.Arena;
import nmt4j.kernel.Matrix;

/// Adam (Kingma & Ba 2015, algorithm 1); with weight decay, AdamW (Loshchilov & Hutter 2019, algorithm 2).
final class Adam implements Optimizer {
    private final Trainable trainable;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;
    private final Arena arena = new Arena();
    private final Matrix mean;
    private final Matrix meanSquare;

    Adam(Trainable trainable, double beta1, double beta2, double epsilon, double weightDecay) {
        this.trainable = trainable;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
        int size = trainable.parameters().values().columns();
        mean = arena.vector(size);
        meanSquare = arena.vector(size);
        mean.fill(0);
        meanSquare.fill(0);
    }

    @Override
    public void update(long update, double rate, double gradientScale) {
        double correction1 = 1 - StrictMath.pow(beta1, update);
        double correction2 = 1 - StrictMath.pow(beta2, update);
        var kernel = new AdamKernel((float) (rate / correction1), (float) beta1, (float) beta2,
                (float) (1 / Math.sqrt(correction2)), (float) epsilon, (float) (rate * weightDecay),
                (float) gradientScale);
        long w = trainable.parameters().values().address();
        long g = trainable.parameters().gradients().address();
        long m = mean.address();
        long v = meanSquare.address();
        trainable.each("optimizer", 7, (at, size) -> kernel.update(w + at, g + at, m + at, v + at, size));
    }

    @Override
    public SequencedMap<String, Matrix> state() {
        var state = new LinkedHashMap<String, Matrix>();
        state.put("adam.mean", mean);
        state.put("adam.meanSquare", meanSquare);
        return state;
    }

    @Override
    public void close() {
        arena.close();
    }
}
