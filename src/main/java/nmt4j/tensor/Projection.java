package nmt4j.tensor;

import nmt4j.kernel.CrossEntropyKernel;
import nmt4j.kernel.Elementwise;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Matrix;

/// An output layer for decoding. Its weight is transposed once, because the bits of a row of h W do not depend on the other
/// rows, which cannot be said of h Wᵀ: a sentence's translation must not depend on its neighbours.
///
/// @param weight  [H, V]
/// @param bias    [1, V]
public record Projection(Matrix weight, Matrix bias) {
    static final int ROWS = 96;

    /// A copy of the layer's present weights, in the tape's memory.
    public static Projection of(Tape tape, CrossEntropy.Output layer) {
        var weight = layer.weight().value();
        var transposed = tape.arena().matrix(weight.columns(), weight.rows());
        Elementwise.transpose(weight, transposed);
        return new Projection(transposed, layer.bias().value());
    }

    /// log softmax(h W + b).
    ///
    /// @param h  [rows, H]
    /// @return   [rows, V]
    public Tensor logProbabilities(Tensor h) {
        var tape = h.tape();
        var z = tape.tensor(h.rows(), weight.columns()); // [rows, V]
        tape.parallel("output layer").rows(h.rows(), ROWS, (from, to) -> {
            Gemm.product(Gemm.group(h.value(), from, to), weight, Gemm.group(z.value(), from, to), false);
            for (int t = from; t < to; t++) Elementwise.add(bias.address(), z.value().row(t), z.columns());
            CrossEntropyKernel.logSoftmax(z.value(), from, to);
        });
        return z;
    }
}
