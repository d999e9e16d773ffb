package nmt4j.nn;

import java.util.List;
import nmt4j.kernel.Activation;
import nmt4j.kernel.Gates;
import nmt4j.tensor.Block;
import nmt4j.tensor.Initializer;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters.Scope;
import nmt4j.tensor.Rows;
import nmt4j.tensor.Sequence;
import nmt4j.tensor.StepLoop;
import nmt4j.tensor.StepLoop.Read;
import nmt4j.tensor.StepProduct;
import nmt4j.tensor.Tensor;

/// The layer before the output projection, of all that a step knows side by side: y = f([a; b; …] W + b).
///
/// f is tanh (Luong, Pham & Manning 2015, eq. 5: the attentional state), or the maximum of two halves (maxout, Goodfellow et al.
/// 2013; the deep output of Cho et al. 2014 and Bahdanau, Cho & Bengio 2015, appendix A.2.2).
///
/// @param weight  W [A + B + …, F], or 2F columns
/// @param f       `Gates.TANH` or `Gates.MAXOUT`
public record Readout(Parameter weight, Parameter bias, Gates f) {
    public static Readout of(Scope scope, int inputs, int size, Gates f) {
        int columns = f.count() * size;
        return new Readout(scope.add("weight", inputs, columns, Initializer.xavier(inputs, size)),
                scope.add("bias", columns, Initializer.ZERO), f);
    }

    /// F.
    public int size() {
        return weight.columns() / f.count();
    }

    /// All steps at once.
    ///
    /// @param parts  [T, A], [T, B], …
    /// @return       [T, F]
    public Tensor apply(Tensor... parts) {
        var x = parts.length == 1 ? parts[0] : Rows.join(parts);                       // [T, A + B + …]
        return StepLoop.gates(f, new Linear(weight, bias, Activation.NONE).apply(x)); // [T, F]
    }

    /// Step by step.
    ///
    /// @param result  [T, F]
    public void steps(StepLoop loop, List<Sequence> parts, Sequence result) {
        var sums = Rows.repeat(result.all().tape(), bias, loop.steps().rows()); // [T, F or 2F]
        int row = 0;
        for (var part : parts) {
            loop.product(new StepProduct(new Read(part, 0), Block.rows(weight, row, row + part.columns()), sums, 0));
            row += part.columns();
        }
        loop.gates(f, sums, result);
    }
}
