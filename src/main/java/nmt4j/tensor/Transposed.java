package nmt4j.tensor;

import nmt4j.kernel.Factor;
import nmt4j.kernel.Matrix;

/// The transpose of a weight, or of a part of one, as products read it. `multiply` is called from tiles, `close` is not.
interface Transposed extends AutoCloseable {
    /// z = x Wᵀ, or z += x Wᵀ.
    void multiply(Factor x, Matrix z, boolean accumulate);

    /// Gives back what it takes.
    @Override
    default void close() {}
}
