package nmt4j.kernel;

/// Work that is done without vectors before it is done with them: until the JIT has compiled a loop over vectors each of them is
/// an object, and what takes a second in all would wait for it. Both ways give the same bits.
final class WarmUp {
    /// For tests of what comes after it: `false` leaves the warm-up out.
    private static final String WANTED = "nmt.warmUp";
    /// Numbers of the rows that a kernel meets in some ten sentences.
    private static final long SOME_SENTENCES = 4_000_000;

    private final long amount;
    private long done; // by all threads; it need not be exact

    WarmUp(long amount) {
        this.amount = "false".equals(System.getProperty(WANTED)) ? 0 : amount;
    }

    /// Of a kernel that goes over rows, whose work is counted in numbers.
    static WarmUp ofRows() {
        return new WarmUp(SOME_SENTENCES);
    }

    /// Counts `work` more if it is not over.
    boolean isOver(long work) {
        if (done >= amount) return true;
        done += work;
        return false;
    }
}
