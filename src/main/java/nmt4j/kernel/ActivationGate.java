package nmt4j.kernel;

/// h = f(a): the vanilla recurrent unit.
///
/// @param activation  one whose gradient is a function of its output
record ActivationGate(Activation activation) implements Gates {
    @Override
    public int count() {
        return 1;
    }

    @Override
    public void forward(Step step, int from, int to) {
        int n = step.output().columns();
        for (int row = from; row < to; row++)
            ActivationKernel.apply(activation, step.gates().row(row), step.output().row(row), n);
    }

    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        for (int row = from; row < to; row++)
            ActivationSlope.apply(activation, step.output().row(row), gradients.output().row(row),
                    step.gates().row(row), n);
    }
}
