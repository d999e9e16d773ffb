package nmt4j.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nmt4j.Failure;

/// Native memory that is taken from ND4J once, in large blocks, and handed out in slices; slices can be given back one by
/// one or all together. Fresh pages are what costs time on a CPU, so blocks are kept until the arena is
/// vacated or closed.
///
/// Not safe for use by several threads at once: each tape has its own.
public final class Arena implements AutoCloseable {
    static {
        NativeLibraries.load();
    }

    /// Bytes: a small model's tape is one block.
    private static final long SMALLEST_BLOCK = 16L << 20;

    private final List<MemoryBlock> blocks = new ArrayList<>();
    private final Map<Long, Integer> held = new HashMap<>(); // by address, how many releases do not give a slice back
    private long capacity;
    private long wanted; // bytes of the first block
    private long used;
    private long peak;

    /// A matrix with room for rows up to the next multiple of `Gemm.ROWS`, since products run on whole groups of rows; its
    /// elements are undefined.
    public Matrix matrix(int rows, int columns) {
        return new Matrix(allocate(bytes(rows, columns)), rows, columns);
    }

    /// A matrix with room between its rows, see `RowStride`.
    public Matrix matrix(int rows, int columns, int stride) {
        return new Matrix(allocate(bytes(rows, stride)), rows, columns, stride);
    }

    /// A matrix of one row that has no room for others: not for the rows of a product. It is given back with all of the arena.
    public Matrix vector(int size) {
        return new Matrix(allocate((long) size * Float.BYTES), 1, size);
    }

    /// Gives the memory back of what `matrix` gave.
    public void release(Matrix matrix) {
        release(matrix.address(), bytes(matrix.rows(), matrix.stride()));
    }

    /// The same of a factor that it gave, as a whole.
    public void release(Factor factor) {
        switch (factor) {
            case Matrix floats -> release(floats);
            case Bfloat16Matrix rounded -> rounded.release(this);
        }
    }

    /// Keeps the memory of a factor that it gave until that has been released once more.
    public void hold(Factor factor) {
        long address = switch (factor) {
            case Matrix floats -> floats.address();
            case Bfloat16Matrix rounded -> rounded.address();
        };
        held.merge(address, 1, Integer::sum);
    }

    /// Whether a matrix lies in memory of this arena.
    public boolean holds(Matrix matrix) {
        for (var block : blocks) if (block.holds(matrix.address())) return true;
        return false;
    }

    /// Gives everything back at once. No slice may be used any more.
    public void reset() {
        for (var block : blocks) block.reset();
        held.clear();
        used = 0;
    }

    /// Bytes taken from the operating system.
    public long capacity() {
        return capacity;
    }

    /// The most bytes that were in use at once.
    public long peak() {
        return peak;
    }

    /// Gives all memory back to the operating system; it is taken again, in one block, when it is needed. No slice may be used
    /// any more.
    public void vacate() {
        wanted = Math.max(wanted, capacity);
        close();
    }

    @Override
    public void close() {
        for (var block : blocks) block.close();
        blocks.clear();
        held.clear();
        capacity = 0;
        used = 0;
    }

    /// @return the address of a slice of at least `bytes` bytes, aligned to a cache line
    long allocate(long bytes) {
        long size = slice(bytes);
        long address = take(size);
        if (address == 0) {
            grow(size);
            address = take(size);
        }
        used += size;
        peak = Math.max(peak, used);
        return address;
    }

    void release(long address, long bytes) {
        if (isHeld(address)) return;
        for (var block : blocks) {
            if (!block.holds(address)) continue;
            block.giveBack(address, slice(bytes));
            used -= slice(bytes);
            return;
        }
        throw new IllegalStateException("memory of another arena, or of one that was vacated");
    }

    /// Whether it is, once less from now on.
    private boolean isHeld(long address) {
        var times = held.get(address);
        if (times == null) return false;
        if (times == 1) held.remove(address);
        else held.put(address, times - 1);
        return true;
    }

    /// From the oldest block that has room.
    private long take(long size) {
        for (var block : blocks) {
            long address = block.take(size);
            if (address != 0) return address;
        }
        return 0;
    }

    private void grow(long size) {
        long least = Math.max(SMALLEST_BLOCK, blocks.isEmpty() ? wanted : capacity / 2);
        long bytes = MemoryBlock.aligned(Math.max(size, least));
        try {
            blocks.add(new MemoryBlock(bytes));
        } catch (OutOfMemoryError | RuntimeException e) {
            throw Failure.machine("out of memory: " + (bytes >> 20) + " MiB more than the " + (capacity >> 20)
                    + " MiB in use are not to be had; a smaller model takes less, and so do smaller batches"
                    + " (training.batch.size, --batch-tokens)", e);
        }
        capacity += bytes;
    }

    private static long slice(long bytes) {
        return Math.max(MemoryBlock.aligned(bytes), MemoryBlock.ALIGNMENT);
    }

    private static long bytes(int rows, int columns) {
        return (long) Gemm.roundUp(rows) * columns * Float.BYTES;
    }
}
