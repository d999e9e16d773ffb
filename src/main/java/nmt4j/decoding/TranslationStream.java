package nmt4j.decoding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Three stations with bounded queues between them: one thread reads lines, one hands what has been read to the workers, and
/// the caller's writes what they found, in order. Nobody waits for a full window: if the input pauses, what is there is
/// translated at once; while the workers have enough to do, more lines come together and are sorted by length.
final class TranslationStream implements AutoCloseable {
    /// The most lines between one station and the next.
    private static final int LINES = 1024;
    /// The most characters of lines that are read and not yet written; a longer line has all of them to itself.
    private static final int CHARACTERS = 1 << 22;
    /// Windows begin small, so that the first line does not wait for many others, and double up to that.
    private static final int FIRST_WINDOW = 16;

    private final Translator translator;
    private final Request.Source requests;
    private final BlockingQueue<Item> read = new ArrayBlockingQueue<>(LINES);
    private final BlockingQueue<Item> started = new ArrayBlockingQueue<>(4 * LINES);
    private final Semaphore room = new Semaphore(CHARACTERS);
    private final List<Thread> threads = new ArrayList<>();

    /// What goes from station to station.
    private sealed interface Item {
        /// A line that has been read.
        record Line(Work work) implements Item {}

        /// The end, after an error perhaps.
        record End(List<Throwable> failure) implements Item {}
    }

    TranslationStream(Translator translator, Request.Source requests) {
        this.translator = translator;
        this.requests = requests;
        threads.add(station("nmt-read", this::readAll, read));
        threads.add(station("nmt-batch", this::startAll, started));
    }

    /// Writes all translations, then throws what ended the reading, if it was not the end.
    void writeTo(Translator.Sink sink) throws IOException {
        try {
            while (true) {
                if (started.isEmpty()) sink.flush();
                switch (started.take()) {
                    case Item.Line(Work work) -> {
                        if (!work.translation().isDone()) sink.flush();
                        sink.accept(awaited(work, sink), work.request().carriageReturn());
                        room.release(size(work.request()));
                    }
                    case Item.End(List<Throwable> failure) -> {
                        sink.flush();
                        if (!failure.isEmpty()) throw unchecked(failure.getFirst());
                        return;
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Translation awaited(Work work, Translator.Sink sink) throws InterruptedException {
        while (!work.translation().isDone()) {
            try {
                return work.translation().get(1, TimeUnit.SECONDS);
            } catch (TimeoutException _) {
                sink.await(work.request().number(), work.done(), work.pieces().size());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return work.translation().join();
    }

    private void readAll() throws InterruptedException {
        for (var request = requests.next(); request.isPresent(); request = requests.next()) {
            room.acquire(size(request.get()));
            read.put(new Item.Line(translator.work(request.get())));
        }
        read.put(new Item.End(List.of()));
    }

    private static int size(Request request) {
        return Math.clamp(request.source().length(), 1, CHARACTERS);
    }

    private void startAll() throws InterruptedException {
        int limit = FIRST_WINDOW;
        while (true) {
            translator.awaitNeed();
            var window = new ArrayList<Item>();
            window.add(read.take());
            read.drainTo(window, limit - 1);
            limit = Math.min(2 * limit, LINES);
            translator.start(works(window));
            for (var item : window) started.put(item);
            if (window.getLast() instanceof Item.End) return;
        }
    }

    private static List<Work> works(List<Item> window) {
        var works = new ArrayList<Work>();
        for (var item : window) if (item instanceof Item.Line(Work work)) works.add(work);
        return works;
    }

    private interface Station {
        void run() throws InterruptedException;
    }

    private static Thread station(String name, Station station, BlockingQueue<Item> next) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                try {
                    station.run();
                } catch (RuntimeException | Error e) {
                    next.put(new Item.End(List.of(e)));
                }
            } catch (InterruptedException _) {
                // the stream has been closed
            }
        });
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) throw error;
        return (RuntimeException) failure;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
