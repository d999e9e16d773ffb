package nmt4j.kernel;

/// Work that is done without vectors before it is done with them: until the JIT has compiled a loop over vectors each of them is
/// an object, and what takes a second in all would wait for it. Both ways give the same bits.
final class WarmUp {
    private final long amount;
    private long done; // by all threads; it need not be exact

    WarmUp(long amount) {
        this.amount = amount;
    }

    /// Counts `work` more if it is not over.
    boolean isOver(long work) {
        if (done >= amount) return true;
        done += work;
        return false;
    }
}
