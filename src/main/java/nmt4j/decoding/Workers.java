package nmt4j.decoding;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nmt4j.decoding.Work.Piece;

/// Threads that search, whole batches side by side, each with a predictor of its own.
final class Workers implements AutoCloseable {
    private final Search search;
    private final ExecutorService threads;
    private final BlockingQueue<Predictor> idle;
    private final Semaphore room;

    Workers(int count, Search search, Supplier<Predictor> predictors) {
        this.search = search;
        threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().name("nmt-search-", 1).factory());
        idle = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) idle.add(predictors.get());
        room = new Semaphore(2 * count);
    }

    /// Searches the batch in the background; waits while there are as many batches waiting as there are threads.
    void submit(List<Piece> batch) throws InterruptedException {
        room.acquire();
        threads.execute(() -> {
            try {
                run(batch);
            } finally {
                room.release();
            }
        });
    }

    private void run(List<Piece> batch) {
        var predictor = idle.remove(); // there are as many as threads
        try {
            search(predictor, batch);
        } finally {
            idle.add(predictor);
        }
    }

    /// What fails together is tried alone, so that one bad line does not take others with it.
    private void search(Predictor predictor, List<Piece> batch) {
        try {
            var found = search.search(predictor, batch.stream().map(Piece::sentence).toList());
            for (int i = 0; i < batch.size(); i++) batch.get(i).complete(found.get(i));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | AssertionError e) {
            if (batch.size() == 1) batch.getFirst().fail(e);
            else for (var piece : batch) search(predictor, List.of(piece));
        }
    }

    /// Ends the threads, after the batches they are at, and frees the predictors' memory.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (threads.awaitTermination(1, TimeUnit.MINUTES)) idle.forEach(Predictor::close);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
