package nmt4j.decoding;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A line on its way: its pieces are searched, in different batches perhaps, and when the last is done so is the line.
final class Work {
    private final Request request;
    private final Piece[] pieces;
    private final AtomicInteger left;
    private final Function<Work, Translation> finish;
    private final CompletableFuture<Translation> translation = new CompletableFuture<>();

    /// @param pieces  to search
    /// @param finish  makes the line's translation of what was found for its pieces
    Work(Request request, List<Sentence> pieces, Function<Work, Translation> finish) {
        this.request = request;
        this.finish = finish;
        this.pieces = pieces.stream().map(Piece::new).toArray(Piece[]::new);
        left = new AtomicInteger(this.pieces.length);
        if (this.pieces.length == 0) translation.complete(Translation.ofBlank(request.number()));
    }

    /// The line has no translation, unless it has one already.
    void fail(Throwable failure) {
        translation.complete(Translation.failed(request.number(), failure));
    }

    Request request() {
        return request;
    }

    List<Piece> pieces() {
        return Arrays.asList(pieces);
    }

    CompletableFuture<Translation> translation() {
        return translation;
    }

    /// A sentence to search, and what was found.
    final class Piece implements Batching.Sized {
        private final Sentence sentence;
        private List<Hypothesis> found = List.of();

        private Piece(Sentence sentence) {
            this.sentence = sentence;
        }

        Sentence sentence() {
            return sentence;
        }

        @Override
        public int length() {
            return sentence.length();
        }

        List<Hypothesis> found() {
            return found;
        }

        void complete(List<Hypothesis> hypotheses) {
            found = hypotheses;
            if (left.decrementAndGet() > 0) return;
            try {
                translation.complete(finish.apply(Work.this));
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                Work.this.fail(e);
            }
        }

        void fail(Throwable failure) {
            Work.this.fail(failure);
        }
    }
}
