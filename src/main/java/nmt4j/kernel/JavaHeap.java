package nmt4j.kernel;

/// Java's heap, which holds no numbers of models (see `Arena`). Objects that die young cost nothing; those that die later,
/// as what a search keeps for some seconds, the JVM would let lie until they fill a quarter of the machine's memory.
public final class JavaHeap {
    /// Bytes in use up to which nothing is collected.
    private static final long LEAST = 128L << 20;

    private static long limit = LEAST;

    private JavaHeap() {}

    /// Collects garbage if twice as much is in use as was alive the last time: some tens of milliseconds, and else nothing.
    public static void tidy() {
        if (used() < LEAST) return;
        synchronized (JavaHeap.class) {
            if (used() < limit) return;
            System.gc();
            limit = Math.max(LEAST, 2 * used());
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
