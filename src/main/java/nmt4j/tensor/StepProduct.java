package nmt4j.tensor;

import nmt4j.kernel.Matrix;
import nmt4j.kernel.ResidualKernel;
import nmt4j.tensor.StepLoop.Read;

/// target[:, column …] += x W in each step.
///
/// @param x       [T, I], of the same step or of the one before
/// @param weight  W [I, F]
/// @param target  [T, at least column + F]
public record StepProduct(Read x, Block weight, Tensor target, int column) {
    public StepProduct {
        if (x.x().columns() != weight.rows() || column + weight.columns() > target.columns())
            throw new IllegalArgumentException(
                    "product of " + x.x().all().value() + " and " + weight + " into " + target.value());
    }

    public StepProduct(Read x, Parameter weight, Tensor target) {
        this(x, Block.of(weight), target, 0);
    }

    /// Adds its part of x · all columns of W.
    ///
    /// @param whole  [n, all columns]
    /// @param step   the step's rows of the target
    void add(Matrix whole, Matrix step) {
        var part = whole.columns(weight.fromColumn(), weight.toColumn());
        ResidualKernel.add(part, step.columns(column, column + weight.columns()), 0, step.rows());
    }
}
