package nmt4j.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import nmt4j.Failure;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translator;

/// Where requests come in and are counted. Those that ask for the same are translated together, newcomers beside those
/// under way: the law of searches, that no translation depends on its neighbours, makes this safe.
final class Desk implements AutoCloseable {
    /// Translators with different options that are kept; they share models and threads.
    private static final int KEPT = 64;

    private final Function<Options, Translator> translators;
    private final LinkedHashMap<Options, Translator> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final int capacity;
    private int waiting;
    private boolean closing;

    Desk(Function<Options, Translator> translators, int capacity) {
        this.translators = translators;
        this.capacity = capacity;
    }

    /// The translations of a request's lines, in order, once they are there; empty if too much waits already. Who cancels
    /// them makes room for others.
    ///
    /// @throws Failure  if its options make no sense
    Optional<CompletableFuture<List<Translation>>> submit(Request request) {
        var translator = translator(request.options());
        int count = request.lines().size();
        if (!enter(count)) return Optional.empty();
        var lines = new ArrayList<nmt4j.decoding.Request>();
        for (var line : request.lines()) lines.add(nmt4j.decoding.Request.of(lines.size() + 1, line));
        var submitted = translator.submit(lines);
        var answer = submitted.whenComplete((_, _) -> leave(count)).copy(); // to cancel it leaves what stands before it
        answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) submitted.cancel(false);
        });
        return Optional.of(answer);
    }

    /// Lines that wait or are being translated.
    synchronized int waiting() {
        return waiting;
    }

    private synchronized boolean enter(int lines) {
        if (closing || waiting + lines > capacity) return false;
        waiting += lines;
        return true;
    }

    private synchronized void leave(int lines) {
        waiting -= lines;
        notifyAll();
    }

    private synchronized Translator translator(Options options) {
        var translator = kept.computeIfAbsent(options, translators);
        if (kept.size() > KEPT) kept.pollFirstEntry(); // the one that was not used for longest
        return translator;
    }

    /// Takes on no more, and waits for what is being translated.
    @Override
    public synchronized void close() {
        closing = true;
        try {
            while (waiting > 0) wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
