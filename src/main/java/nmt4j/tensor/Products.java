package nmt4j.tensor;

import nmt4j.kernel.Factor;
import nmt4j.kernel.Matrix;

/// How the products of a training pass are computed. All but `begin`, `factor` and `release` is called from tiles.
sealed interface Products extends AutoCloseable permits Float32Products, Bfloat16Products {
    /// Of a new pass: weights may have changed.
    void begin();

    /// What several products read, as they read it, until `release`.
    Factor factor(Tape tape, Matrix x);

    void release(Tape tape, Factor factor);

    /// About n, and what suits a product as the number of its rows where these are rows of a weight.
    int part(int n);

    /// Rows `from` to `to`, which may be rounded up to whole groups, of z = x W.
    void multiply(Matrix x, Weight weight, Matrix z, int from, int to);

    /// z = x W, or z += x W.
    ///
    /// @param w  a weight, or a part of one
    void product(Factor x, Matrix w, Matrix z, boolean accumulate);

    /// z = x Wᵀ, or z += x Wᵀ.
    ///
    /// @param w  a weight, or a part of one
    void productWithTransposed(Factor x, Matrix w, Matrix z, boolean accumulate);

    /// z = xᵀ y, or z += xᵀ y.
    void productOfTransposed(Matrix x, Factor y, Matrix z, boolean accumulate);

    /// Gives back what it holds until the next pass.
    void vacate();

    @Override
    void close();
}
