package nmt4j.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Tiles that nobody waits for yet, see `Parallel.postpone`.
public final class Postponed {
    private final String operation;
    private final int count;
    private final IntConsumer tile;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Thrown thrown = new Thrown();

    Postponed(String operation, int count, IntConsumer tile) {
        this.operation = operation;
        this.count = count;
        this.tile = tile;
    }

    String operation() {
        return operation;
    }

    /// Runs one that no thread has taken.
    ///
    /// @return whether there was one
    boolean runOne() {
        int i = taken.getAndUpdate(n -> Math.min(n + 1, count));
        if (i == count) return false;
        try {
            tile.accept(i);
        } catch (Throwable e) {
            thrown.add(e);
            drop();
        } finally {
            done.incrementAndGet();
        }
        return true;
    }

    /// Takes away all that no thread has taken.
    void drop() {
        done.addAndGet(count - taken.getAndSet(count));
    }

    boolean isDone() {
        return done.get() == count;
    }

    /// Throws what its tiles have thrown.
    void rethrow() {
        thrown.rethrow();
    }
}
