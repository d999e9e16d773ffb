package nmt4j.kernel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What is postponed, the oldest first. Threads take from it when they have nothing else to do.
final class Backlog {
    private final int threads;
    private final Queue<Postponed> all = new ConcurrentLinkedQueue<>();
    private volatile boolean isMeasured;
    private final Profile done = new Profile(); // tiles, while they are measured
    private long spent; // nanoseconds, less the times at which those that are running began
    private int running; // tiles

    /// @param threads  that may take from it
    Backlog(int threads) {
        this.threads = threads;
    }

    void add(Postponed work) {
        all.add(work);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// Measures tiles from now on, or no longer.
    void measure(boolean isMeasured) {
        this.isMeasured = isMeasured;
    }

    /// Runs a tile that no thread has taken.
    ///
    /// @return whether there was one
    boolean runOne() {
        for (var work = all.peek(); work != null; work = all.peek()) {
            if (isMeasured ? measureOne(work) : work.runOne()) return true;
            all.remove(work);
        }
        return false;
    }

    private boolean measureOne(Postponed work) {
        long before = Gemm.operationsOfThread();
        long start = System.nanoTime();
        begin(start);
        boolean hasRun = work.runOne();
        long end = System.nanoTime();
        end(work.operation(), end - start, end, Gemm.operationsOfThread() - before);
        return hasRun;
    }

    private synchronized void begin(long now) {
        spent -= now;
        running++;
    }

    private synchronized void end(String operation, long time, long now, long arithmetic) {
        spent += now;
        running--;
        done.add(operation, new Profile.Entry(0, time / threads, time, arithmetic, 0, 0));
    }

    /// Moves there what tiles took that are done.
    synchronized void moveTo(Profile profile) {
        profile.add(done);
        done.clear();
    }

    /// Nanoseconds that all threads have spent on it until now.
    ///
    /// @param now  by `System.nanoTime`
    synchronized long spent(long now) {
        return spent + running * now;
    }
}
