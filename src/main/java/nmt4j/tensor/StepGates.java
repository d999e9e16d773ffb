package nmt4j.tensor;

import nmt4j.kernel.Gates;
import nmt4j.kernel.Matrix;

/// The element-wise part of a cell's step.
final class StepGates implements StepOperation {
    private static final int TILE = 8;

    private final StepLoop loop;
    private final Gates gates;
    private final Tensor preActivations;
    private final Sequence kept;
    private final Sequence output;

    StepGates(StepLoop loop, Gates gates, Tensor preActivations, Sequence kept, Sequence output) {
        this.loop = loop;
        this.gates = gates;
        this.preActivations = preActivations;
        this.kept = kept;
        this.output = output;
    }

    @Override
    public void forward(int t) {
        var zeros = zeros(t);
        var step = step(t, preActivations.value(), kept.all().value(), zeros);
        loop.tape().parallel("gates", step.gates(), step.gates(), step.output())
                .rows(loop.steps().active(t), TILE, (from, to) -> gates.forward(step, from, to));
        loop.tape().arena().release(zeros);
    }

    @Override
    public void backward(int t) {
        var zeros = zeros(t);
        var nowhere = zeros(t); // where the gradient goes that is cut, or has no start to go to
        boolean open = loop.isOpen(output, t, 1);
        boolean state = gates.kept() == Gates.Kept.STATE;
        var keptAll = gates.kept() == Gates.Kept.INPUT ? over(kept.all()) : kept.all().value();
        var step = step(t, over(preActivations), keptAll, zeros);
        var gradients = new Gates.Gradients(output.gradient(t, 0), state ? kept.gradient(t, 0) : nowhere,
                state && open ? kept.gradient(t, 1) : nowhere, open ? output.gradient(t, 1) : nowhere);
        loop.tape().parallel("gates, backward", step.gates(), step.gates(), step.output()).rows(loop.steps().active(t),
                TILE,
                (from, to) -> gates.backward(step, gradients, from, to));
        loop.tape().arena().release(nowhere);
        loop.tape().arena().release(zeros);
    }

    @Override
    public void finish() {}

    private Gates.Step step(int t, Matrix preActivations, Matrix keptAll, Matrix zeros) {
        return new Gates.Step(rows(preActivations, t), rows(keptAll, t), before(kept, t, zeros),
                before(output, t, zeros), output.value(t, 0));
    }

    private Matrix before(Sequence x, int t, Matrix zeros) {
        return gates.kept() != Gates.Kept.NOTHING && x.reaches(t, 1) ? x.value(t, 1) : zeros;
    }

    private Matrix rows(Matrix x, int t) {
        return x.rows(loop.steps().begin(t), loop.steps().end(t));
    }

    private Matrix zeros(int t) {
        var zeros = loop.tape().arena().matrix(loop.steps().active(t), output.columns());
        zeros.fill(0);
        return zeros;
    }

    /// The memory of a tensor whose gradient is written over its value.
    private static Matrix over(Tensor x) {
        return x.hasGradient() ? x.gradient() : x.gradientOverValue();
    }
}
