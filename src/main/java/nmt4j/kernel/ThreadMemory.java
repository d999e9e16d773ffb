package nmt4j.kernel;

/// What a thread's kernels and products have in native memory.
public final class ThreadMemory {
    private ThreadMemory() {}

    /// Gives back what the calling thread has, before it ends.
    public static void free() {
        Scratch.free();
        OneDnn.free();
        Nd4jProduct.free();
    }
}
