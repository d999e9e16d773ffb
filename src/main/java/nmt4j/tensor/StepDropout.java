package nmt4j.tensor;

import nmt4j.kernel.Dropout;
import nmt4j.kernel.ResidualKernel;
import nmt4j.tensor.StepLoop.Read;

/// Dropout with one mask for all steps of a sentence (Gal & Ghahramani 2016).
final class StepDropout implements StepOperation {
    private static final int TILE = 8;

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
    public void forward(int t) {
        var to = y.value(t, 0);
        if (!x.x().reaches(t, x.lag())) {
            to.fill(0);
            return;
        }
        var from = x.x().value(t, x.lag());
        loop.tape().parallel("dropout of states", from, to).rows(to.rows(), TILE,
                (first, end) -> ResidualKernel.drop(from, to, false, dropout, first, end));
    }

    @Override
    public void backward(int t) {
        if (!loop.isOpen(x.x(), t, x.lag())) return;
        var from = y.gradient(t, 0);
        var to = x.x().gradient(t, x.lag());
        loop.tape().parallel("dropout of states, backward", from, to, to).rows(to.rows(), TILE,
                (first, end) -> ResidualKernel.drop(from, to, true, dropout, first, end));
    }

    @Override
    public void finish() {}
}
