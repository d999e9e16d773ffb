package nmt4j.kernel;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.enums.MemoryKind;
import org.nd4j.linalg.factory.Nd4j;

/// A piece of ND4J's memory that is handed out in slices.
final class MemoryBlock {
    /// Slices begin at multiples of this: a cache line, and the widest vector.
    static final long ALIGNMENT = 64;

    private final Pointer pointer;
    private final long begin;
    private final long bytes;
    private final TreeMap<Long, Long> free = new TreeMap<>(); // address -> bytes; neighbours are merged

    /// @param bytes              that slices may have together, a multiple of `ALIGNMENT`
    /// @throws OutOfMemoryError  if there is not so much
    MemoryBlock(long bytes) {
        this.bytes = bytes;
        pointer = Nd4j.getMemoryManager().allocate(bytes + ALIGNMENT, MemoryKind.HOST, false);
        begin = aligned(pointer.address());
        reset();
    }

    static long aligned(long x) {
        return (x + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    boolean holds(long address) {
        return begin <= address && address < begin + bytes;
    }

    /// All of it is free.
    void reset() {
        free.clear();
        free.put(begin, bytes);
    }

    /// The first slice that will do: what has been in use before is in memory already.
    ///
    /// @param size  a multiple of `ALIGNMENT`
    /// @return      its address; 0 if there is none
    long take(long size) {
        for (var slice : free.entrySet()) if (slice.getValue() >= size) return take(slice, size);
        return 0;
    }

    private long take(Map.Entry<Long, Long> slice, long size) {
        long address = slice.getKey();
        long rest = slice.getValue() - size;
        free.remove(address);
        if (rest > 0) free.put(address + size, rest);
        return address;
    }

    /// A slice is free again.
    ///
    /// @throws IllegalStateException  if some of it is already
    void giveBack(long address, long size) {
        var next = free.ceilingEntry(address);
        var previous = free.lowerEntry(address);
        if (next != null && next.getKey() < address + size || previous != null && end(previous) > address)
            throw new IllegalStateException("memory that is free already");
        if (next != null && next.getKey() == address + size) {
            size += next.getValue();
            free.remove(next.getKey());
        }
        if (previous != null && end(previous) == address) {
            address = previous.getKey();
            size += previous.getValue();
        }
        free.put(address, size);
    }

    private static long end(Map.Entry<Long, Long> slice) {
        return slice.getKey() + slice.getValue();
    }

    /// To the operating system.
    void close() {
        Nd4j.getMemoryManager().release(pointer, MemoryKind.HOST);
    }
}
