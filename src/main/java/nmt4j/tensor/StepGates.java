package nmt4j.tensor;

import nmt4j.kernel.Gates;
import nmt4j.kernel.Matrix;

/// The element-wise part of a cell's step.
final class StepGates implements StepOperation {
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
    public String name() {
        return "gates";
    }

    /// What there is before a start of 0, and where a gradient goes that is cut or has no start to go to.
    @Override
    public int floats() {
        return 2 * output.columns();
    }

    @Override
    public void forward(Places places, int t) {
        gates.forward(step(places, t, preActivations.value(), kept.all().value()), 0, places.count(t));
    }

    @Override
    public void prepareBackward() {
        over(preActivations);
        if (gates.kept() == Gates.Kept.INPUT) over(kept.all());
        else kept.prepareGradient();
        output.prepareGradient();
    }

    @Override
    public void backward(Places places, int t) {
        boolean open = loop.isOpen(output, t, 1);
        boolean state = gates.kept() == Gates.Kept.STATE;
        var keptAll = gates.kept() == Gates.Kept.INPUT ? kept.all().gradient() : kept.all().value();
        var nowhere = places.room(output.columns(), places.count(t), output.columns());
        if (!open) nowhere.fill(0);
        var gradients = new Gates.Gradients(places.of(output.gradient(t, 0)),
                state ? places.of(kept.gradient(t, 0)) : nowhere,
                state && open ? places.of(kept.gradient(t, 1)) : nowhere,
                open ? places.of(output.gradient(t, 1)) : nowhere);
        gates.backward(step(places, t, preActivations.gradient(), keptAll), gradients, 0, places.count(t));
    }

    private Gates.Step step(Places places, int t, Matrix preActivations, Matrix keptAll) {
        return new Gates.Step(places.of(rows(preActivations, t)), places.of(rows(keptAll, t)), before(kept, places, t),
                before(output, places, t), places.of(output.value(t, 0)));
    }

    private Matrix before(Sequence x, Places places, int t) {
        if (x.reaches(t, 1)) return places.of(x.value(t, 1));
        var zeros = places.room(0, places.count(t), x.columns());
        zeros.fill(0);
        return zeros;
    }

    private Matrix rows(Matrix x, int t) {
        return x.rows(loop.steps().begin(t), loop.steps().end(t));
    }

    /// Lets the gradient be written over the value.
    private static void over(Tensor x) {
        if (!x.hasGradient()) x.gradientOverValue();
    }
}
