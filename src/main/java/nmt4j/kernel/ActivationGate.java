package nmt4j.kernel;

import static nmt4j.kernel.Vectors.LANES;
import static nmt4j.kernel.Vectors.load;
import static nmt4j.kernel.Vectors.store;

import jdk.incubator.vector.FloatVector;

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
        for (int row = from; row < to; row++) {
            for (int i = 0; i < n; i += LANES) {
                long at = (long) i * Float.BYTES;
                int count = Math.min(LANES, n - i);
                if (count == LANES) store(apply(load(step.gates().row(row) + at)), step.output().row(row) + at);
                else store(apply(load(step.gates().row(row) + at, count)), step.output().row(row) + at, count);
            }
        }
    }

    @Override
    public void backward(Step step, Gradients gradients, int from, int to) {
        int n = step.output().columns();
        for (int row = from; row < to; row++) {
            for (int i = 0; i < n; i += LANES) {
                long at = (long) i * Float.BYTES;
                long d = gradients.output().row(row) + at;
                long h = step.output().row(row) + at;
                int count = Math.min(LANES, n - i);
                if (count == LANES) store(derivative(load(h), load(d)), step.gates().row(row) + at);
                else store(derivative(load(h, count), load(d, count)), step.gates().row(row) + at, count);
            }
        }
    }

    private FloatVector apply(FloatVector a) {
        return ActivationKernel.apply(activation, a);
    }

    private FloatVector derivative(FloatVector h, FloatVector d) {
        return ActivationKernel.derivative(activation, h, d);
    }
}
