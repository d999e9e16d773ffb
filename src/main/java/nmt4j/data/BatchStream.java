package nmt4j.data;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Batches without end, the next few read and packed on a thread of their own while the present one trains.
///
/// ```java
/// try (var stream = batches.from(state.position())) {
///     while (training) {
///         var batch = stream.next();
///         …
///         if (batch.endsEpoch()) …
///         state = state.at(batch.next());
///     }
/// }
/// ```
public final class BatchStream implements AutoCloseable {
    /// Enough to hide the planning of the next pool behind training.
    private static final int AHEAD = 4;

    private final Callable<Batch> maker;
    private final Queue<Future<Batch>> ahead = new ArrayDeque<>();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("batches").factory());

    BatchStream(Callable<Batch> maker) {
        this.maker = maker;
        while (ahead.size() < AHEAD) ahead.add(thread.submit(maker));
    }

    /// The next batch; what went wrong in making it is thrown here.
    public Batch next() {
        ahead.add(thread.submit(maker));
        try {
            return await(ahead.remove());
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new AssertionError(e.getCause());
            }
        }
    }

    /// Waits as long as it takes; an interrupt is passed on to whoever looks for it later.
    private static Batch await(Future<Batch> batch) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return batch.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /// Stops making batches and waits for the one that is being made.
    @Override
    public void close() {
        for (var batch : ahead) batch.cancel(false);
        thread.close();
    }
}
