package nmt4j.decoding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import nmt4j.decoding.Translation.Candidate;
import nmt4j.text.Whitespace;

/// A line on its way: its pieces are searched, in different batches perhaps, and when the last is done so is the line.
final class Work {
    private final Request request;
    private final Search search;
    private final Writer writer;
    private final List<Piece> line;   // its pieces in order
    private final List<Piece> pieces; // what is searched: each once, however often it stands in the line
    private final AtomicInteger left;
    private final CompletableFuture<Translation> translation = new CompletableFuture<>();

    /// Makes of what was found for a sentence what is kept of it.
    @FunctionalInterface
    interface Writer {
        List<Candidate> candidates(Sentence sentence, List<Hypothesis> found);
    }

    /// @param sentences  to search; none if the line is blank
    Work(Request request, Search search, List<Sentence> sentences, Writer writer) {
        this(request, search, sentences, writer, Translation.ofBlank(request.number()));
    }

    private Work(Request request, Search search, List<Sentence> sentences, Writer writer, Translation ofNothing) {
        this.request = request;
        this.search = search;
        this.writer = writer;
        var known = new LinkedHashMap<Sentence, Piece>();
        line = sentences.stream().map(sentence -> known.computeIfAbsent(sentence, Piece::new)).toList();
        pieces = List.copyOf(known.values());
        left = new AtomicInteger(pieces.size());
        if (pieces.isEmpty()) translation.complete(ofNothing);
    }

    /// A line that can not be searched.
    static Work failed(Request request, Search search, Throwable failure) {
        return new Work(request, search, List.of(), (_, _) -> List.of(),
                Translation.failed(request.number(), failure));
    }

    /// The line has no translation, unless it has one already.
    private void fail(Throwable failure) {
        translation.complete(Translation.failed(request.number(), failure));
    }

    /// Nobody waits for the line any more.
    void cancel() {
        fail(new CancellationException());
    }

    Request request() {
        return request;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /// How many pieces have been searched.
    int done() {
        return pieces.size() - left.get();
    }

    CompletableFuture<Translation> translation() {
        return translation;
    }

    private Translation joined() {
        int count = line.stream().mapToInt(piece -> piece.candidates.size()).min().orElseThrow();
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < count; i++)
            candidates.add(line.size() == 1 ? line.getFirst().candidates.get(i) : joined(i));
        return new Translation(request.number(), candidates, line.size(), Optional.empty());
    }

    /// The i-th translations of all pieces, joined.
    private Candidate joined(int i) {
        var parts = new ArrayList<Candidate>();
        int sourceWords = 0;
        int targetWords = 0;
        for (var piece : line) {
            var part = piece.candidates.get(i);
            parts.add(part.shifted(sourceWords, targetWords));
            sourceWords += Whitespace.words(piece.sentence.text());
            targetWords += Whitespace.words(part.text());
        }
        return Candidate.joined(parts);
    }

    /// A sentence to search, and what was found.
    final class Piece {
        private final Sentence sentence;
        private List<Candidate> candidates = List.of();

        private Piece(Sentence sentence) {
            this.sentence = sentence;
        }

        Sentence sentence() {
            return sentence;
        }

        /// Whether it need not be searched: another piece of its line failed, or nobody waits for the line.
        boolean isNeedless() {
            return translation.isDone();
        }

        /// How it is to be searched.
        Search search() {
            return search;
        }

        /// Source tokens, `</s>` counted, for each hypothesis that is computed at once: what memory and time go by.
        long tokens() {
            return (sentence.length() + 1L) * search.width(sentence);
        }

        /// Takes what was found; of its attention no more is kept than what was asked for. Whatever goes wrong is the
        /// line's failure: someone waits for it.
        void complete(List<Hypothesis> found) {
            try {
                candidates = writer.candidates(sentence, found);
                if (left.decrementAndGet() == 0) translation.complete(joined());
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        void fail(Throwable failure) {
            Work.this.fail(failure);
        }
    }
}
