package nmt4j.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// All cores inside one operation: the calling thread and the workers share its tiles, see `Shares`.
///
/// How work is cut into tiles is the caller's affair and must not depend on the number of threads; then neither do the
/// results. A worker that waits spins for some microseconds, then yields, then parks, so that there may be more threads
/// than cores. One caller at a time.
public final class Parallel implements AutoCloseable {
    private static final int SPINS = 4_000;
    private static final int YIELDS = 200;
    private static final String OTHER = "other";

    private final Worker[] workers;
    private final boolean idle;
    private final Shares first;
    private final Shares others;
    private final AtomicInteger busy = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private Throwable failure; // the first of a round
    private IntConsumer body;
    private boolean hasFirst;
    private Profile profile;
    private final AtomicLong worked = new AtomicLong(); // nanoseconds of all threads, while there is a profile
    private final Profile parts = new Profile(); // of the operation that runs
    private String operation = OTHER;
    private long bytes;

    /// @param threads  that work on an operation, the calling one among them; 1 runs everything inline
    public Parallel(int threads) {
        this(threads, false);
    }

    private Parallel(int threads, boolean idle) {
        if (threads < 1) throw new IllegalArgumentException("threads: " + threads);
        this.idle = idle;
        workers = new Worker[threads - 1];
        first = new Shares(threads);
        others = new Shares(threads);
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    /// One that does no work at all: operations take and give back their memory as ever, and their results are undefined.
    /// For planning; memory that nobody writes costs nothing. It has as many threads as there are cores.
    public static Parallel idle() {
        return new Parallel(1, true);
    }

    /// The number of cores that this process may use.
    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    public int threads() {
        return idle ? cores() : workers.length + 1;
    }

    /// Measures each operation from now on; null ends it.
    public void profile(Profile profile) {
        this.profile = profile;
    }

    /// Names what the next call of `tiles` or `rows` does, for the profile.
    ///
    /// @param touched  what it reads and writes, one as often as it does both
    public Parallel as(String operation, Matrix... touched) {
        long elements = 0;
        for (var matrix : touched) elements += matrix.size();
        return as(operation, elements * Float.BYTES);
    }

    /// @param bytes  that it reads and writes
    public Parallel as(String operation, long bytes) {
        this.operation = operation;
        this.bytes = bytes;
        return this;
    }

    /// Runs `tile` for 0 … count − 1, in any order, and returns when all are done. If one throws, no more are begun, and what it
    /// threw is thrown here, with that of others as suppressed.
    public void tiles(int count, IntConsumer tile) {
        tiles(0, count, tile);
    }

    /// The same, the first ones before the others: some that take so long that at the end the rest of the cores would wait for them.
    public void tiles(int numFirst, int numOthers, IntConsumer tile) {
        if (idle) return;
        if (profile == null) run(numFirst, numOthers, tile);
        else runAndMeasure(numFirst, numOthers, tile);
    }

    private void runAndMeasure(int numFirst, int numOthers, IntConsumer tile) {
        worked.set(0);
        parts.clear();
        var name = operation;
        long moved = bytes;
        operation = OTHER;
        bytes = 0;
        boolean inline = isInline(numFirst + numOthers);
        long allocated = Profile.allocated();
        long arithmetic = inline ? Gemm.operationsOfThread() : Gemm.operations();
        long start = System.nanoTime();
        run(numFirst, numOthers, tile);
        long time = System.nanoTime() - start;
        arithmetic = (inline ? Gemm.operationsOfThread() : Gemm.operations()) - arithmetic;
        var whole = new Profile.Entry(1, time, inline ? time : worked.get(), arithmetic, moved,
                Profile.allocated() - allocated);
        profile.add(name, whole.without(parts));
        profile.add(parts);
    }

    /// Within a tile: runs a part of it, which a profile has under its own name, not under that of the operation.
    public void part(String name, Runnable part) {
        if (profile == null) {
            part.run();
            return;
        }
        long arithmetic = Gemm.operationsOfThread();
        long start = System.nanoTime();
        part.run();
        long time = System.nanoTime() - start;
        arithmetic = Gemm.operationsOfThread() - arithmetic;
        var entry = new Profile.Entry(1, time / threads(), time, arithmetic, 0, 0);
        synchronized (parts) {
            parts.add(name, entry);
        }
    }

    private boolean isInline(int count) {
        return workers.length == 0 || count <= 1;
    }

    private void run(int numFirst, int numOthers, IntConsumer tile) {
        int count = numFirst + numOthers;
        if (isInline(count)) {
            for (int i = 0; i < count; i++) tile.accept(i);
            return;
        }
        body = tile;
        hasFirst = numFirst > 0;
        if (hasFirst) first.cut(0, numFirst);
        others.cut(numFirst, count);
        busy.set(workers.length);
        round++; // publishes the fields above
        for (var worker : workers) if (worker.parked) LockSupport.unpark(worker);
        work(0);
        await();
        body = null;
        var thrown = failure;
        if (thrown != null) {
            failure = null;
            rethrow(thrown);
        }
    }

    /// Runs `range` over the rows 0 … rows − 1 in tiles of `size` rows.
    public void rows(int rows, int size, RowRange range) {
        tiles((rows + size - 1) / size, t -> range.run(t * size, Math.min(rows, (t + 1) * size)));
    }

    /// A piece of work on the rows `from` (inclusive) to `to` (exclusive).
    @FunctionalInterface
    public interface RowRange {
        void run(int from, int to);
    }

    @Override
    public void close() {
        closed = true;
        round++;
        for (var worker : workers) LockSupport.unpark(worker);
    }

    private void work(int thread) {
        long start = profile == null ? 0 : System.nanoTime();
        try {
            if (hasFirst) work(thread, first);
            work(thread, others);
        } catch (Throwable e) {
            fail(e);
            first.clear();
            others.clear();
        } finally {
            if (profile != null) worked.addAndGet(System.nanoTime() - start);
        }
    }

    private void work(int thread, Shares shares) {
        for (int i = shares.take(thread); i >= 0; i = shares.take(thread)) body.accept(i);
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) failure = e;
        else if (failure != e) failure.addSuppressed(e);
    }

    private void await() {
        for (int i = 0; busy.get() > 0; i++) {
            if (i < SPINS) Thread.onSpinWait();
            else Thread.yield();
        }
    }

    private static void rethrow(Throwable e) {
        switch (e) {
            case RuntimeException r -> throw r;
            case Error r -> throw r;
            default -> throw new IllegalStateException(e);
        }
    }

    private final class Worker extends Thread {
        private final int number;
        private volatile boolean parked;

        Worker(int number) {
            super("nmt-worker-" + number);
            this.number = number;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                serve();
            } finally {
                ThreadMemory.free();
            }
        }

        private void serve() {
            int seen = 0;
            while (true) {
                awaitRound(seen);
                if (closed) return;
                seen++;
                work(number);
                busy.decrementAndGet();
            }
        }

        private void awaitRound(int seen) {
            for (int i = 0; round == seen; i++) {
                if (i < SPINS) Thread.onSpinWait();
                else if (i < SPINS + YIELDS) Thread.yield();
                else park(seen);
            }
        }

        private void park(int seen) {
            parked = true;
            if (round == seen) LockSupport.park(Parallel.this);
            parked = false;
        }
    }
}
