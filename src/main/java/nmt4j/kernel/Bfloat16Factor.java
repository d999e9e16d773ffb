package nmt4j.kernel;

import nmt4j.kernel.OneDnn.Order;

/// The right factor y of a product in bfloat16, as `Bfloat16Product` reads it: a weight, or the transposed one of a weight, that
/// was prepared for many products.
///
/// @param rows     k
/// @param columns  n
/// @param bytes    that it takes
public record Bfloat16Factor(long address, int rows, int columns, Order order, long bytes) {
    /// Gives the memory back to the arena that it was prepared in, as several threads may at once.
    public void release(Arena arena) {
        synchronized (arena) {
            arena.release(address, bytes);
        }
    }
}
