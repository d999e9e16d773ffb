package nmt4j.tensor;

import java.util.Optional;
import nmt4j.kernel.Dropout;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.ResidualKernel;

/// z = x + dropout(y), each element of each step by itself; without x, z = dropout(y).
final class StepSum implements StepOperation {
    private final Tape tape;
    private final Optional<Sequence> x;
    private final Sequence y;
    private final Sequence z;
    private final Dropout dropout;

    StepSum(Tape tape, Optional<Sequence> x, Sequence y, Sequence z, Dropout dropout) {
        this.tape = tape;
        this.x = x;
        this.y = y;
        this.z = z;
        this.dropout = dropout;
    }

    @Override
    public void forward(int t) {
        over(t, "sum", (from, to) -> {
            ResidualKernel.drop(y.all().value(), z.all().value(), false, dropout, from, to);
            x.ifPresent(added -> ResidualKernel.add(added.all().value(), z.all().value(), from, to));
        });
    }

    @Override
    public void backward(int t) {
        var dz = z.all().gradientOrZero();
        var dy = y.all().gradientOrZero();
        Optional<Matrix> dx = x.map(added -> added.all().gradientOrZero());
        over(t, "sum, backward", (from, to) -> {
            ResidualKernel.drop(dz, dy, true, dropout, from, to);
            dx.ifPresent(gradient -> ResidualKernel.add(dz, gradient, from, to));
        });
    }

    private void over(int t, String name, Parallel.RowRange range) {
        int begin = z.steps().begin(t);
        tape.parallel(name).rows(z.steps().active(t), 8, (from, to) -> range.run(begin + from, begin + to));
    }

    @Override
    public void finish() {}
}
