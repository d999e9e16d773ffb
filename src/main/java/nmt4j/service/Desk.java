package nmt4j.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translator;

/// Where requests wait, and are translated together: free clerks share what waits evenly, each takes its share as one batch.
/// The law of searches, that no translation depends on its neighbours, makes this safe.
final class Desk implements AutoCloseable {
    /// Translators with different options that are kept.
    private static final int KEPT = 4;
    private static final int BATCH_LINES = 256;
    /// How long a clerk waits for more where there have been many: those who got an answer will ask again.
    private static final int MILLISECONDS = 5;

    private record Job(Request request, CompletableFuture<List<Translation>> answer) {}

    /// A translator and how many clerks use it.
    private static final class Lease {
        private final Translator translator;
        private int users;

        Lease(Translator translator) {
            this.translator = translator;
        }
    }

    private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Function<Options, Translator> translators;
    private final Map<Options, Lease> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Thread> clerks = new ArrayList<>();
    private final AtomicInteger idle = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock(); // one clerk takes jobs at a time
    private final int capacity;
    private boolean crowded;
    private volatile boolean closing;

    /// @param batches  translated side by side
    Desk(Function<Options, Translator> translators, int capacity, int batches) {
        this.translators = translators;
        this.capacity = capacity;
        for (int i = 0; i < batches; i++) clerks.add(Thread.ofPlatform().name("clerk-" + i).start(this::work));
    }

    /// The translations of a request's lines, in order, once they are there; empty if too much waits already.
    Optional<CompletableFuture<List<Translation>>> submit(Request request) {
        if (closing || waiting.addAndGet(request.lines().size()) > capacity) {
            waiting.addAndGet(-request.lines().size());
            return Optional.empty();
        }
        var job = new Job(request, new CompletableFuture<>());
        jobs.add(job);
        return Optional.of(job.answer);
    }

    /// Lines that wait or are being translated.
    int waiting() {
        return waiting.get();
    }

    private void work() {
        try {
            while (!closing || !jobs.isEmpty()) {
                idle.incrementAndGet();
                var batch = next();
                if (!batch.isEmpty()) translate(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What a clerk who has nothing to do takes; nothing if nobody comes for a while.
    private List<Job> next() throws InterruptedException {
        turn.lock();
        try {
            var first = jobs.poll(100, TimeUnit.MILLISECONDS);
            if (first == null) return List.of();
            if (crowded) waitForMore();
            var batch = batch(first, Math.ceilDiv(1 + jobs.size(), idle.get()));
            crowded = batch.size() > 1;
            return batch;
        } finally {
            idle.decrementAndGet();
            turn.unlock();
        }
    }

    /// As long as there are more after each millisecond.
    private void waitForMore() throws InterruptedException {
        int before = -1;
        for (int i = 0; i < MILLISECONDS && jobs.size() > before; i++) {
            before = jobs.size();
            Thread.sleep(1);
        }
    }

    /// A job, and those after it that ask for the same, as long as there are any.
    ///
    /// @param most  jobs
    private List<Job> batch(Job first, int most) {
        var batch = new ArrayList<Job>(List.of(first));
        int lines = first.request.lines().size();
        for (var next = jobs.peek(); next != null && lines < BATCH_LINES && batch.size() < most; next = jobs.peek()) {
            var options = next.request.options();
            if (!options.isShared() || !options.equals(first.request.options()) || !jobs.remove(next)) break;
            batch.add(next);
            lines += next.request.lines().size();
        }
        return batch;
    }

    private void translate(List<Job> batch) {
        var lines = batch.stream().flatMap(job -> job.request.lines().stream()).toList();
        try {
            answer(batch, translations(batch.getFirst().request.options(), lines));
        } catch (RuntimeException | Error e) {
            for (var job : batch) job.answer.completeExceptionally(e);
        } finally {
            waiting.addAndGet(-lines.size());
        }
    }

    private List<Translation> translations(Options options, List<String> lines) {
        var lease = lease(options);
        try {
            return lease.translator.translate(lines);
        } finally {
            release(lease);
        }
    }

    private static void answer(List<Job> batch, List<Translation> translations) {
        int from = 0;
        for (var job : batch) {
            int to = from + job.request.lines().size();
            job.answer.complete(List.copyOf(translations.subList(from, to)));
            from = to;
        }
    }

    private synchronized Lease lease(Options options) {
        var lease = kept.computeIfAbsent(options, o -> new Lease(translators.apply(o)));
        lease.users++;
        return lease;
    }

    /// Gives a translator back; the one that was not used for longest goes if there are too many.
    private synchronized void release(Lease lease) {
        lease.users--;
        var oldest = kept.values().iterator();
        while (kept.size() > KEPT && oldest.hasNext()) {
            var idle = oldest.next();
            if (idle.users > 0) continue;
            oldest.remove();
            idle.translator.close();
        }
    }

    /// Finishes what waits, and takes on no more.
    @Override
    public void close() {
        closing = true;
        try {
            for (var clerk : clerks) clerk.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kept.values().forEach(lease -> lease.translator.close());
    }
}
