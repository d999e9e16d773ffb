package nmt4j.decoding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import nmt4j.Failure;
import nmt4j.decoding.Translation.Candidate;
import nmt4j.kernel.Parallel;
import nmt4j.model.LoadedModel;
import nmt4j.tensor.Tape;
import nmt4j.text.TextCodec;
import nmt4j.text.Whitespace;

/// Text in, text out. A line's translation depends on the line (and its number, if the search is random) alone: not on
/// the lines around it, the batches they were cut into, or the number of threads.
public final class Translator implements AutoCloseable {
    /// Subwords on either side of a pair whose translation is known: it can not be cut, and takes time with the square.
    static final int LONGEST_PAIR = 10_000;

    private final TextCodec target;
    private final LongLine source;
    private final Search search;
    private final Options options;
    private final Tape projections; // where the output layers live
    private final Workers workers;

    /// @param threads      that search side by side
    /// @param batchTokens  the most source subwords of a batch, counted for each hypothesis that is computed at once
    /// @param longest      the most subwords of a source sentence; longer lines are cut and translated in pieces
    /// @param alignments   what is made of attention, if the search brings it
    public record Options(int threads, int batchTokens, int longest, Alignments alignments) {
        public static final int BATCH_TOKENS = 2560;

        public Options(int threads, int batchTokens, int longest) {
            this(threads, batchTokens, longest, Alignments.NONE);
        }
    }

    /// @param models  whose weights must not change while the translator lives
    public Translator(Ensemble models, Search search, Options options) {
        source = new LongLine(models.sources(), options.longest());
        target = models.first().target();
        this.search = search;
        this.options = options;
        projections = Tape.inference(new Parallel(1));
        var layers = models.projections(projections);
        workers = new Workers(options.threads(), options.batchTokens(), () -> models.predictor(layers));
    }

    private Translator(Translator other, Search search, Options options) {
        source = other.source;
        target = other.target;
        this.search = search;
        this.options = options;
        projections = other.projections;
        workers = other.workers;
    }

    /// A translator that searches in another way with the models and threads of this one, and ends with it.
    public Translator searching(Search other, Alignments alignments) {
        return new Translator(this, other,
                new Options(options.threads(), options.batchTokens(), options.longest(), alignments));
    }

    /// A translator that cuts sentences longer than those that the models were trained on.
    public static Translator of(Ensemble models, Search search, int threads, int batchTokens) {
        return of(models, search, new Options(threads, batchTokens, Integer.MAX_VALUE));
    }

    /// The same; `longest` of the options counts where it is less.
    public static Translator of(Ensemble models, Search search, Options options) {
        return new Translator(models, search, new Options(options.threads(), options.batchTokens(),
                Math.min(models.longest(), options.longest()), options.alignments()));
    }

    public static Translator of(LoadedModel model, Search search, int threads, int batchTokens) {
        return of(Ensemble.of(model), search, threads, batchTokens);
    }

    /// Translates lines all together.
    public List<Translation> translate(List<String> lines) {
        var requests = new ArrayList<Request>();
        for (var line : lines) requests.add(Request.of(requests.size() + 1, line));
        return answer(requests);
    }

    /// Answers requests all together.
    public List<Translation> answer(List<Request> requests) {
        return submit(requests).join();
    }

    /// Begins to answer requests. Those of many callers are searched together.
    ///
    /// @return the translations in their order, once all are there; who cancels this needs none, and what no thread has
    ///         begun with is dropped
    public CompletableFuture<List<Translation>> submit(List<Request> requests) {
        var works = requests.stream().map(this::work).toList();
        start(works);
        var answer = CompletableFuture.allOf(works.stream().map(Work::translation).toArray(CompletableFuture[]::new))
                .thenApply(_ -> works.stream().map(work -> work.translation().join()).toList());
        answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) works.forEach(Work::cancel);
        });
        return answer;
    }

    /// The translations themselves.
    ///
    /// @throws Failure  if a line has none
    public List<String> texts(List<String> lines) {
        return Translation.texts(translate(lines));
    }

    /// Translates lines as they come, in order; at most a few thousand are read before the first of them is written.
    ///
    /// @throws IOException  from the sink
    public void translate(Request.Source lines, Sink sink) throws IOException {
        try (var stream = new TranslationStream(this, lines)) {
            stream.writeTo(sink);
        }
    }

    /// Where translations go, one after the other.
    public interface Sink {
        /// @param carriageReturn  whether the source line ended in CR LF
        void accept(Translation translation, boolean carriageReturn) throws IOException;

        /// Called when the next translation is not there yet.
        void flush() throws IOException;

        /// Called each second that a line takes.
        ///
        /// @param pieces  that the line is searched in, `done` of which are
        default void await(long line, int done, int pieces) {}
    }

    Options options() {
        return options;
    }

    Work work(Request request) {
        try {
            return new Work(request, search, sentences(request), this::candidates);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Work.failed(request, search, e);
        }
    }

    /// What to search for a line: nothing if it is blank.
    private List<Sentence> sentences(Request request) {
        var line = request.source();
        if (request.target().isPresent()) {
            var known = request.target().get().ids(target);
            var whole = source.whole(line);
            if (Math.max(known.length, whole.length()) > LONGEST_PAIR)
                throw Failure
                        .mistake(String.format(Locale.ROOT, "%,d source and %,d target subwords; a pair of more than"
                                + " %,d is not scored", whole.length(), known.length, LONGEST_PAIR));
            return List.of(new Sentence(request.number(), whole.sources(), Demands.prefix(known), line));
        }
        if (line.isBlank()) return List.of();
        var pieces = source.pieces(line);
        var demands = demands(request);
        if (pieces.size() > 1 && demands.length() > 0)
            throw Failure.mistake("a line that is translated in pieces can have no prefix and no phrases");
        return pieces.stream().map(piece -> new Sentence(request.number(), piece.sources(), demands, piece.text()))
                .toList();
    }

    private Demands demands(Request request) {
        return new Demands(demanded(request.prefix()),
                request.phrases().stream().map(this::demanded).filter(phrase -> phrase.length > 0).toList());
    }

    private int[] demanded(String text) {
        var ids = target.encode(text);
        if (target.hasUnknown(ids))
            throw Failure.mistake("'" + text + "' cannot be demanded: the model's vocabulary has not all of it");
        return ids;
    }

    /// Waits while the workers have enough to do.
    void awaitNeed() throws InterruptedException {
        workers.awaitNeed();
    }

    /// Hands the lines to the workers.
    void start(List<Work> lines) {
        workers.add(lines.stream().flatMap(line -> line.pieces().stream()).toList());
    }

    private List<Candidate> candidates(Sentence sentence, List<Hypothesis> found) {
        return found.stream().map(hypothesis -> candidate(sentence, hypothesis)).toList();
    }

    private Candidate candidate(Sentence sentence, Hypothesis hypothesis) {
        var remarks = hypothesis.remarks();
        var tokens = target.tokens(hypothesis.tokens());
        var text = oneLine(target.decode(hypothesis.tokens()));
        Optional<List<Link>> links = Optional.empty();
        if (options.alignments().isNeeded()) {
            var reader = source.codecs().getFirst();
            var words = reader.words(reader.subwords(sentence.text()));
            var attention = options.alignments().attention(hypothesis, tokens, target, words);
            links = options.alignments().linking().map(linking -> linking.links(attention));
            text = oneLine(target.tokenizer().decode(options.alignments().written(hypothesis, tokens, attention,
                    Whitespace.split(sentence.text()))));
        }
        return new Candidate(text, tokens, hypothesis.logProbabilities(), hypothesis.score(), remarks.certificate(),
                remarks.utility(), links);
    }

    /// A line stays one line, whatever a model spells.
    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    /// Searches that are under way end at their next step; what they were for fails.
    @Override
    public void close() {
        workers.close();
        projections.close();
    }
}
