package nmt4j.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/// All cores inside one operation: the calling thread and the workers share its tiles, see `Shares`.
///
/// How work is cut into tiles is the caller's affair and must not depend on the number of threads; then neither do the
/// results. A worker that waits takes what is postponed, else it spins for some microseconds, then yields, then parks, so that
/// there may be more threads than cores; no operation waits for one that comes too late for it. One caller at a time.
public final class Parallel implements AutoCloseable {
    private static final int SPINS = 4_000;
    private static final int YIELDS = 200;
    private static final String OTHER = "other";

    private final Worker[] workers;
    private final boolean idle;
    private final Shares shares;
    private final Backlog backlog;
    private final AtomicInteger inside = new AtomicInteger(); // workers that take part in an operation
    private volatile boolean isOpen; // whether more may
    private volatile int round;
    private volatile boolean closed;
    private final Thrown thrown = new Thrown();
    private IntConsumer body;
    private Profile profile;
    private final AtomicLong worked = new AtomicLong(); // nanoseconds of all threads, while there is a profile
    private final AtomicLong multiplied = new AtomicLong(); // the same of the arithmetic of products
    private final Profile parts = new Profile(); // of the operation that runs
    private long spent; // on the backlog, at the end of the last operation
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
        shares = new Shares(threads);
        backlog = new Backlog(threads);
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
        backlog.measure(profile != null);
        spent = backlog.spent(System.nanoTime());
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
        if (idle) return;
        if (profile == null) run(count, tile);
        else runAndMeasure(count, tile);
    }

    private void runAndMeasure(int count, IntConsumer tile) {
        worked.set(0);
        multiplied.set(0);
        parts.clear();
        var name = operation;
        long moved = bytes;
        operation = OTHER;
        bytes = 0;
        boolean inline = isInline(count);
        long allocated = Profile.allocated();
        long arithmetic = Gemm.operationsOfThread();
        var watch = new Watch();
        run(count, tile);
        watch.stop();
        var whole = new Profile.Entry(1, watch.time(), inline ? watch.elapsed : worked.get(),
                inline ? Gemm.operationsOfThread() - arithmetic : multiplied.get(), moved,
                Profile.allocated() - allocated);
        profile.add(name, whole.without(parts));
        profile.add(parts);
    }

    /// Measures something that all cores work on, but for those that are at the backlog.
    private final class Watch {
        private final long start = System.nanoTime();
        private final long before = backlog.spent(start);
        private long elapsed; // nanoseconds
        private long elsewhere;

        Watch() {
            profile.addBesides(before - spent);
        }

        void stop() {
            long end = System.nanoTime();
            elapsed = end - start;
            spent = backlog.spent(end);
            elsewhere = spent - before;
        }

        /// Nanoseconds, as if those cores had left it for as long as that takes all cores.
        long time() {
            return elapsed - elsewhere / threads();
        }
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

    private void run(int count, IntConsumer tile) {
        if (isInline(count)) {
            for (int i = 0; i < count; i++) tile.accept(i);
            return;
        }
        body = tile;
        shares.cut(count);
        isOpen = true; // publishes the fields above
        round++;
        unpark();
        work(0);
        isOpen = false;
        await(() -> inside.get() == 0);
        body = null;
        thrown.rethrow();
    }

    /// Runs `tile` for 0 … count − 1 at some time before `finish` returns: where a core would have nothing to do, at the end of
    /// operations and between them.
    ///
    /// @param operation  whose name the profile shows
    public Postponed postpone(String operation, int count, IntConsumer tile) {
        var work = new Postponed(operation, idle ? 0 : count, tile);
        if (profile != null) profile.add(operation, new Profile.Entry(1, 0, 0, 0, 0, 0));
        backlog.add(work);
        if (workers.length == 0) await(work);
        else unpark();
        return work;
    }

    /// Returns when all of it is done. If a tile has thrown, no more are begun, and what it threw is thrown here, with that of others
    /// as suppressed.
    public void finish(Postponed work) {
        await(work);
        work.rethrow();
    }

    private void await(Postponed work) {
        if (profile == null) await(work::isDone);
        else awaitAndMeasure(work);
    }

    private void awaitAndMeasure(Postponed work) {
        var watch = new Watch();
        await(work::isDone);
        watch.stop();
        profile.add(work.operation(), new Profile.Entry(0, watch.time(), 0, 0, 0, 0));
        backlog.moveTo(profile);
    }

    /// Begins no more of it, and returns when none runs any longer.
    public void drop(Postponed work) {
        work.drop();
        await(work::isDone);
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
        long arithmetic = Gemm.operationsOfThread();
        try {
            for (int i = shares.take(thread); i >= 0; i = shares.take(thread)) body.accept(i);
        } catch (Throwable e) {
            thrown.add(e);
            shares.clear();
        } finally {
            if (profile != null) {
                worked.addAndGet(System.nanoTime() - start);
                multiplied.addAndGet(Gemm.operationsOfThread() - arithmetic);
            }
        }
    }

    private void unpark() {
        for (var worker : workers) if (worker.parked) LockSupport.unpark(worker);
    }

    /// Takes from the backlog until something is so that others do.
    private void await(BooleanSupplier isSo) {
        for (int i = 0; !isSo.getAsBoolean(); i++) {
            if (backlog.runOne()) i = 0;
            else if (i < SPINS) Thread.onSpinWait();
            else Thread.yield();
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
                seen = round;
                takePart();
            }
        }

        /// In the operation that runs, if one does.
        private void takePart() {
            inside.incrementAndGet();
            if (isOpen) work(number);
            inside.decrementAndGet();
        }

        private void awaitRound(int seen) {
            for (int i = 0; round == seen; i++) {
                if (backlog.runOne()) i = 0;
                else if (i < SPINS) Thread.onSpinWait();
                else if (i < SPINS + YIELDS) Thread.yield();
                else park(seen);
            }
        }

        private void park(int seen) {
            parked = true;
            if (round == seen && backlog.isEmpty()) LockSupport.park(Parallel.this);
            parked = false;
        }
    }
}
