package nmt4j.decoding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import nmt4j.decoding.Search.Order;
import nmt4j.decoding.Work.Piece;
import nmt4j.kernel.JavaHeap;
import nmt4j.kernel.ThreadMemory;

/// Threads that search side by side, each with a predictor of its own. They take from one queue, from its head: as much as is
/// a thread's even share of all work and fits in a batch, and again while they are at it, where sentences are done.
final class Workers implements AutoCloseable {
    /// Steps of a search from one look at the queue to the next: newcomers that are few cost as much as many.
    private static final int STEPS = 4;

    private final int count;
    private final int budget;
    private final List<Thread> threads = new ArrayList<>();
    private final Deque<Piece> queue = new ArrayDeque<>();
    private long waiting;  // tokens, as pieces count them
    private long underWay; // the same
    private volatile boolean closed;

    /// @param budget  the most tokens of a batch; a longer sentence is a batch by itself
    Workers(int count, int budget, Supplier<Predictor> predictors) {
        this.count = count;
        this.budget = budget;
        for (int i = 1; i <= count; i++) {
            var predictor = new StoppablePredictor(predictors.get(), () -> closed);
            threads.add(Thread.ofPlatform().daemon().name("nmt-search-" + i).start(() -> work(predictor)));
        }
    }

    /// Puts pieces behind those that wait, the longest first: batches are of similar length.
    synchronized void add(List<Piece> pieces) {
        var sorted = new ArrayList<>(pieces);
        sorted.sort(Comparator.comparingLong(Piece::tokens).reversed()); // stable
        for (var piece : sorted) waiting += piece.tokens();
        queue.addAll(sorted);
        notifyAll();
    }

    /// Waits while a batch for each thread waits.
    synchronized void awaitNeed() throws InterruptedException {
        while (waiting >= (long) count * budget) wait();
    }

    private void work(Predictor predictor) {
        try (predictor) {
            for (var first = first(); !first.isEmpty(); first = first()) new Session(predictor, first).run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ThreadMemory.free();
        }
    }

    /// Waits for something to search; nothing if there will be nothing any more.
    private synchronized List<Piece> first() throws InterruptedException {
        for (dropNeedless(); queue.isEmpty() && !closed; dropNeedless()) wait();
        return closed ? List.of() : take(queue.element().search(), 0);
    }

    /// What comes next for a thread that is at some tokens already, see `take`.
    private synchronized List<Piece> next(Search search, long tokens) {
        dropNeedless();
        return take(search, tokens);
    }

    private void dropNeedless() {
        while (!queue.isEmpty() && queue.element().isNeedless()) {
            waiting -= queue.remove().tokens();
            notifyAll();
        }
    }

    /// What comes next and is to be searched in that way.
    ///
    /// @param tokens  that the thread is at; if none, it gets at least one piece
    private List<Piece> take(Search search, long tokens) {
        var taken = new ArrayList<Piece>();
        long share = Math.min(budget, Math.ceilDiv(waiting + underWay, count));
        while (!closed && !queue.isEmpty() && queue.element().search() == search
                && (taken.isEmpty() && tokens == 0 || tokens < share)) {
            long next = queue.element().tokens();
            if (tokens > 0 && tokens + next > budget) break;
            taken.add(queue.remove());
            tokens += next;
            waiting -= next;
            underWay += next;
            dropNeedless();
        }
        notifyAll();
        return taken;
    }

    private synchronized void leave(Piece piece) {
        underWay -= piece.tokens();
    }

    /// What a thread searches together.
    private final class Session {
        private final Predictor predictor;
        private final Search search;
        private final List<Piece> first;
        private final Set<Piece> pieces = new LinkedHashSet<>(); // that have no translation yet
        private long tokens;
        private int steps;

        Session(Predictor predictor, List<Piece> first) {
            this.predictor = predictor;
            this.first = first;
            search = first.getFirst().search();
        }

        void run() {
            try {
                search.search(predictor, orders(first), this::more);
            } catch (RuntimeException | Error _) {
                for (var piece : List.copyOf(pieces)) alone(piece);
            }
        }

        /// What fails together is tried alone, so that one bad line does not take others with it.
        private void alone(Piece piece) {
            try {
                complete(piece, search.search(predictor, List.of(piece.sentence())).getFirst());
            } catch (RuntimeException | Error e) {
                leave(piece);
                piece.fail(e);
            }
        }

        private List<Order> more() {
            return ++steps % STEPS == 0 ? orders(next(search, tokens)) : List.of();
        }

        private List<Order> orders(List<Piece> taken) {
            pieces.addAll(taken);
            for (var piece : taken) tokens += piece.tokens();
            return taken.stream().map(piece -> new Order(piece.sentence(), found -> complete(piece, found))).toList();
        }

        private void complete(Piece piece, List<Hypothesis> found) {
            pieces.remove(piece);
            tokens -= piece.tokens();
            leave(piece);
            piece.complete(found);
            JavaHeap.tidy();
        }
    }

    /// Ends the threads at the next steps of their searches, and frees the predictors' memory.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        for (var thread : threads) interrupted |= join(thread);
        if (interrupted) Thread.currentThread().interrupt();
    }

    /// Waits, also if it is interrupted: a thread reads memory that is freed next.
    ///
    /// @return  whether it was interrupted
    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) try {
            thread.join();
        } catch (InterruptedException _) {
            interrupted = true;
        }
        return interrupted;
    }
}
