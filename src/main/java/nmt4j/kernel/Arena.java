package nmt4j.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nmt4j.Failure;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.enums.MemoryKind;
import org.nd4j.linalg.factory.Nd4j;

/// Native memory that is taken from ND4J once, in large blocks, and handed out in slices; slices can be given back one by
/// one or all together. Fresh pages are what costs time on a CPU, so blocks are kept until the arena is closed.
///
/// Not safe for use by several threads at once: each tape has its own.
public final class Arena implements AutoCloseable {
    static {
        NativeLibraries.load();
    }

    /// Slices begin at multiples of this: a cache line, and the widest vector.
    private static final long ALIGNMENT = 64;

    /// Bytes: a small model's tape is one block.
    private static final long SMALLEST_BLOCK = 16L << 20;

    private final List<Pointer> blocks = new ArrayList<>();
    private final TreeMap<Long, Long> free = new TreeMap<>(); // address -> bytes; neighbours are merged
    private long capacity;
    private long used;
    private long peak;

    /// A matrix with room for rows up to the next multiple of `Gemm.ROWS`, since products run on whole groups of rows; its
    /// elements are undefined.
    public Matrix matrix(int rows, int columns) {
        return new Matrix(allocate(bytes(rows, columns)), rows, columns);
    }

    /// A matrix with room between its rows, as `Gemm.stride` wants it where the matrix is a weight.
    public Matrix matrix(int rows, int columns, int stride) {
        return new Matrix(allocate(bytes(rows, stride)), rows, columns, stride);
    }

    /// Gives the memory of a matrix back that this arena allocated.
    public void release(Matrix matrix) {
        release(matrix.address(), bytes(matrix.rows(), matrix.stride()));
    }

    /// Gives everything back at once. No slice may be used any more.
    public void reset() {
        free.clear();
        for (var block : blocks) merge(aligned(block.address()), block.limit() - ALIGNMENT);
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

    @Override
    public void close() {
        free.clear();
        for (var block : blocks) Nd4j.getMemoryManager().release(block, MemoryKind.HOST);
        blocks.clear();
        capacity = 0;
    }

    /// @return the address of a slice of at least `bytes` bytes, aligned to a cache line
    long allocate(long bytes) {
        long size = Math.max(aligned(bytes), ALIGNMENT);
        var slice = firstFit(size);
        if (slice == null) {
            grow(size);
            slice = firstFit(size);
        }
        long address = slice.getKey();
        long rest = slice.getValue() - size;
        free.remove(address);
        if (rest > 0) free.put(address + size, rest);
        used += size;
        peak = Math.max(peak, used);
        return address;
    }

    void release(long address, long bytes) {
        long size = Math.max(aligned(bytes), ALIGNMENT);
        used -= size;
        merge(address, size);
    }

    private Map.Entry<Long, Long> firstFit(long size) {
        for (var slice : free.entrySet()) if (slice.getValue() >= size) return slice;
        return null;
    }

    private void grow(long size) {
        long bytes = Math.max(Math.max(size, SMALLEST_BLOCK), capacity / 2) + ALIGNMENT;
        Pointer block;
        try {
            block = Nd4j.getMemoryManager().allocate(bytes, MemoryKind.HOST, false);
        } catch (OutOfMemoryError | RuntimeException e) {
            throw Failure.machine("out of memory: " + (bytes >> 20) + " MiB more than the " + (capacity >> 20)
                    + " MiB in use are not to be had; make training.batch.size or --batch-tokens smaller", e);
        }
        block.limit(bytes);
        blocks.add(block);
        capacity += bytes;
        merge(aligned(block.address()), bytes - ALIGNMENT);
    }

    private void merge(long address, long size) {
        var next = free.ceilingEntry(address);
        if (next != null && next.getKey() == address + size) {
            size += next.getValue();
            free.remove(next.getKey());
        }
        var previous = free.floorEntry(address);
        if (previous != null && previous.getKey() + previous.getValue() == address) {
            address = previous.getKey();
            size += previous.getValue();
        }
        free.put(address, size);
    }

    private static long bytes(int rows, int columns) {
        return (long) Gemm.roundUp(rows) * columns * Float.BYTES;
    }

    private static long aligned(long x) {
        return (x + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
