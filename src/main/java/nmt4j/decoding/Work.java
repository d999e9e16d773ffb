package nmt4j.decoding;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A line on its way: its pieces are searched, in different batches perhaps, and when the last is done so is the line.
final class Work {
    private final Request request;
    private final Search search;
    private final Piece[] pieces;
    private final AtomicInteger left;
    private final Function<Work, Translation> finish;
    private final CompletableFuture<Translation> translation = new CompletableFuture<>();

    /// @param pieces  to search
    /// @param finish  makes the line's translation of what was found for its pieces
    Work(Request request, Search search, List<Sentence> pieces, Function<Work, Translation> finish) {
        this.request = request;
        this.search = search;
        this.finish = finish;
        this.pieces = pieces.stream().map(Piece::new).toArray(Piece[]::new);
        left = new AtomicInteger(this.pieces.length);
        if (pieces.isEmpty()) finish();
    }

    private void finish() {
        try {
            translation.complete(finish.apply(this));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            fail(e);
        }
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
    final class Piece {
        private final Sentence sentence;
        private List<Hypothesis> found = List.of();

        private Piece(Sentence sentence) {
            this.sentence = sentence;
        }

        Sentence sentence() {
            return sentence;
        }

        /// How it is to be searched.
        Search search() {
            return search;
        }

        /// Source tokens, `</s>` counted.
        int tokens() {
            return sentence.length() + 1;
        }

        List<Hypothesis> found() {
            return found;
        }

        void complete(List<Hypothesis> hypotheses) {
            found = hypotheses;
            if (left.decrementAndGet() == 0) finish();
        }

        void fail(Throwable failure) {
            Work.this.fail(failure);
        }
    }
}
