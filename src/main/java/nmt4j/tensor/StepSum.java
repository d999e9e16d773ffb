package nmt4j.tensor;

import java.util.Optional;
import nmt4j.kernel.Dropout;
import nmt4j.kernel.ResidualKernel;

/// z = x + dropout(y), each element of each step by itself; without x, z = dropout(y).
final class StepSum implements StepOperation {
    private final Optional<Sequence> x;
    private final Sequence y;
    private final Sequence z;
    private final Dropout dropout;

    StepSum(Optional<Sequence> x, Sequence y, Sequence z, Dropout dropout) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.dropout = dropout;
    }

    @Override
    public String name() {
        return "sum";
    }

    @Override
    public void forward(Places places, int t) {
        int from = z.steps().begin(t) + places.from();
        int to = z.steps().begin(t) + places.end(t);
        ResidualKernel.drop(y.all().value(), z.all().value(), false, dropout, from, to);
        x.ifPresent(added -> ResidualKernel.add(added.all().value(), z.all().value(), from, to));
    }

    @Override
    public void prepareBackward() {
        z.prepareGradient();
        y.prepareGradient();
        x.ifPresent(Sequence::prepareGradient);
    }

    @Override
    public void backward(Places places, int t) {
        int from = z.steps().begin(t) + places.from();
        int to = z.steps().begin(t) + places.end(t);
        var dz = z.all().gradient();
        ResidualKernel.drop(dz, y.all().gradient(), true, dropout, from, to);
        x.ifPresent(added -> ResidualKernel.add(dz, added.all().gradient(), from, to));
    }
}
