package nmt4j.tensor;

import nmt4j.kernel.Dropout;
import nmt4j.kernel.ResidualKernel;
import nmt4j.tensor.StepLoop.Read;

/// Dropout with one mask for all steps of a sentence (Gal & Ghahramani 2016).
final class StepDropout implements StepOperation {
    private final StepLoop loop;
    private final Read x;
    private final Sequence y;
    private final Dropout dropout;

    StepDropout(StepLoop loop, Read x, Sequence y, Dropout dropout) {
        this.loop = loop;
        this.x = x;
        this.y = y;
        this.dropout = dropout;
    }

    @Override
    public String name() {
        return "dropout of states";
    }

    @Override
    public void forward(Places places, int t) {
        var to = y.value(t, 0);
        if (x.x().reaches(t, x.lag()))
            ResidualKernel.drop(x.x().value(t, x.lag()), to, false, dropout, places.from(), places.end(t));
        else places.of(to).fill(0);
    }

    @Override
    public void prepareBackward() {
        y.prepareGradient();
        x.x().prepareGradient();
    }

    @Override
    public void backward(Places places, int t) {
        if (loop.isOpen(x.x(), t, x.lag()))
            ResidualKernel.drop(y.gradient(t, 0), x.x().gradient(t, x.lag()), true, dropout, places.from(),
                    places.end(t));
    }
}
