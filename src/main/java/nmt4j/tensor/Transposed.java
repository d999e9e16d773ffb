package nmt4j.tensor;

import nmt4j.kernel.Factor;
import nmt4j.kernel.Matrix;

/// The transpose of a weight, or of a part of one, as products read it. `close` is not called from tiles, all else is.
interface Transposed extends AutoCloseable {
    /// z = x Wᵀ, or z += x Wᵀ.
    void multiply(Factor x, Matrix z, boolean accumulate);

    /// Columns `from` (inclusive) to `to` (exclusive) of Wᵀ.
    Transposed columns(int from, int to);

    /// Gives back what the whole takes.
    @Override
    default void close() {}
}
