package nmt4j.kernel;

/// Work that is done without vectors before it is done with them: until the JIT has compiled a loop over vectors each of them is
/// an object, and what takes a second in all would wait for it. Both ways give the same bits.
final class WarmUp {
    /// The most that any warm-up lasts, for tests of what comes after it: 0 leaves it out.
    static final long LONGEST = Long.getLong("nmt.warmUp", Long.MAX_VALUE);
    /// Of rows, in numbers: those of some sentences; one number at a time they take some ten milliseconds. (With a fourth of it a
    /// first line took 1.4 to 1.5 times as long; with twice as much no less, and 20 lines as long with all of them.)
    private static final long ROWS = 16_000_000;

    private final long amount;
    private long done; // by all threads; it need not be exact

    WarmUp(long amount) {
        this.amount = Math.min(amount, LONGEST);
    }

    /// Of a kernel that goes over rows, whose work is counted in numbers.
    static WarmUp ofRows() {
        return new WarmUp(ROWS);
    }

    /// Counts `work` more if it is not over.
    boolean isOver(long work) {
        if (done >= amount) return true;
        done += work;
        return false;
    }
}
