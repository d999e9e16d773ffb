package nmt4j.kernel;

import nmt4j.kernel.OneDnn.Order;

/// The right factor y of a product in bfloat16, as `Bfloat16Product` reads it: a matrix as it is, or a weight, or the transposed
/// one of a weight, that was prepared for many products.
///
/// @param rows     k
/// @param columns  n
/// @param bytes    that it takes
public record Bfloat16Factor(long address, int rows, int columns, Order order, long bytes) {
    /// A matrix as it is, without room between its rows.
    static Bfloat16Factor of(Bfloat16Matrix y) {
        if (!y.isContiguous()) throw new IllegalArgumentException("room between rows: " + y);
        return new Bfloat16Factor(y.address(), y.rows(), y.columns(), Order.ROWS,
                Bfloat16Matrix.bytes(y.rows(), y.columns()));
    }

    /// Gives the memory back to the arena that it was prepared in, as several threads may at once.
    public void release(Arena arena) {
        synchronized (arena) {
            arena.release(address, bytes);
        }
    }
}
