package nmt4j.kernel;

/// Memory of a thread for what a kernel needs only while it runs; it grows to the largest need and stays.
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final Arena arena = new Arena();
    private long address;
    private long capacity;

    private Scratch() {}

    /// Gives the calling thread's memory back.
    static void free() {
        OF_THREAD.get().arena.close();
        OF_THREAD.remove();
    }

    /// At least `floats` floats, undefined, valid until the thread's next call.
    static long floats(long floats) {
        return OF_THREAD.get().take(floats * Float.BYTES);
    }

    private long take(long bytes) {
        if (bytes > capacity) {
            long larger = Math.max(bytes, 2 * capacity);
            if (capacity > 0) arena.release(address, capacity);
            capacity = 0; // should there not be so much
            address = arena.allocate(larger);
            capacity = larger;
        }
        return address;
    }
}
