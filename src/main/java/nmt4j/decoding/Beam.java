package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import nmt4j.Failure;
import nmt4j.decoding.Rule.Exclusion;
import nmt4j.kernel.Matrix;
import nmt4j.kernel.TopTokens;
import nmt4j.text.Vocabulary;

/// One sentence's part of a beam search.
final class Beam {
    private final BeamSearch search;
    private final Search.Order order;
    private final Demands demands;
    private final int maximum;
    private final Grid grid;
    private final BestTranslations ended;
    private final BeamListener listener;
    private final List<NextTokens> next = new ArrayList<>(); // of each prefix; none if the likeliest were enough
    private List<Prefix> prefixes = List.of(Prefix.EMPTY);
    private int[] rows = {};

    Beam(BeamSearch search, Search.Order order) {
        this.search = search;
        this.order = order;
        var sentence = order.sentence();
        demands = sentence.demands();
        maximum = Math.max(search.lengths().maximum(sentence.length()), demands.length());
        grid = new Grid(search.size(), new Phrases(demands.phrases()));
        ended = new BestTranslations(search.best());
        listener = search.listeners().apply(sentence);
    }

    boolean isDone() {
        return prefixes.isEmpty();
    }

    /// The row of the predictor that each prefix goes on from.
    int[] rows() {
        return rows;
    }

    int[] lastTokens() {
        return prefixes.stream().mapToInt(Prefix::token).toArray();
    }

    /// Whether a step needs no more than the likeliest tokens behind each prefix, and those that are excluded.
    boolean isFree() {
        return grid.isFree() && listener == BeamListener.NONE && prefixes.stream()
                .allMatch(prefix -> prefix.length() >= demands.prefix().length && prefix.length() < maximum);
    }

    /// Takes one step; after the last one, hands over the translations.
    ///
    /// @param matrix     log-probabilities of what follows [rows, V]
    /// @param attention  of the step
    /// @param first      the row of the first prefix; the others follow
    /// @return           the row behind the last prefix
    int goOn(Matrix matrix, AttentionRecorder attention, int first) {
        grid.clear();
        next.clear();
        for (int i = 0; i < prefixes.size(); i++) {
            next.add(new NextTokens(matrix, first + i));
            consider(next.getLast(), prefixes.get(i));
        }
        return goOn(attention, first);
    }

    /// The same if the beam is free.
    ///
    /// @param likeliest   tokens of each row, as many as are wanted and may be excluded
    /// @param exclusions  all rules
    int goOn(TopTokens likeliest, List<Exclusion> exclusions, AttentionRecorder attention, int first) {
        grid.clear();
        next.clear();
        for (int i = 0; i < prefixes.size(); i++) grid.consider(likeliest, first + i, prefixes.get(i), exclusions);
        return goOn(attention, first);
    }

    private int goOn(AttentionRecorder attention, int first) {
        int behind = first + prefixes.size();
        keep(attention, first);
        listener.stepped();
        if (isDone()) order.taker().accept(translations());
        return behind;
    }

    private List<Hypothesis> translations() {
        if (ended.ended() == 0) throw impossible();
        return ended.list();
    }

    /// Of a sentence for which nothing can be found.
    static Failure impossible() {
        return Failure.check("no translation is possible: rules and demands leave none, or there are NaN among the "
                + "model's weights");
    }

    private void consider(NextTokens next, Prefix prefix) {
        int left = maximum - prefix.length();
        if (prefix.length() < demands.prefix().length) {
            grid.consider(next, demands.prefix()[prefix.length()], prefix, left);
        } else if (left == 0) {
            grid.consider(next, Vocabulary.END, prefix, left);
        } else {
            for (var rule : search.rules()) rule.apply(next, prefix);
            grid.consider(next, prefix, left);
            listener.choosing(prefix, next);
        }
    }

    private void keep(AttentionRecorder attention, int first) {
        var kept = new ArrayList<Prefix>();
        var origins = new ArrayList<Integer>();
        for (var candidates : grid.all())
            for (int i = 0; i < candidates.size(); i++) {
                int row = candidates.row(i);
                var prefix = goneOn(candidates, i, row - first).attending(attention.weights(row));
                if (prefix.token() == Vocabulary.END) {
                    var translation = prefix.end(search.ranking());
                    ended.add(translation);
                    listener.ended(prefix, translation);
                } else {
                    listener.kept(prefix);
                    origins.add(row);
                    kept.add(prefix);
                }
            }
        giveUp(kept, origins);
        prefixes = kept;
        rows = origins.stream().mapToInt(row -> row).toArray();
    }

    /// Takes out the prefixes that need not go on. A hopeless one keeps no other out of the beam that is not hopeless too,
    /// unless rules weigh tokens: then all go on while one has hope.
    private void giveUp(List<Prefix> kept, List<Integer> origins) {
        boolean areWeighed = kept.stream().anyMatch(prefix -> prefix.weight() != prefix.total());
        boolean isOver = search.stopping().isOver(ended.ended(), search.best(), search.size())
                || areWeighed && kept.stream().allMatch(this::isHopeless);
        for (int i = kept.size() - 1; i >= 0; i--)
            if (isOver || !areWeighed && isHopeless(kept.get(i))) {
                listener.givenUp(kept.remove(i));
                origins.remove(i);
            }
    }

    private Prefix goneOn(Candidates candidates, int i, int from) {
        int token = candidates.token(i);
        float logProbability = candidates.logProbability(i);
        float raw = next.isEmpty() ? logProbability : next.get(from).raw(token);
        return prefixes.get(from).then(token, raw, logProbability);
    }

    /// Whether all that the prefix can become is no better than every translation that is wanted.
    private boolean isHopeless(Prefix prefix) {
        return ended.excludes(search.ranking().bound(prefix.total(), maximum + 1));
    }

    /// What `part` gives of each beam, one after the other.
    static int[] join(List<Beam> beams, Function<Beam, int[]> part) {
        return beams.stream().map(part).flatMapToInt(Arrays::stream).toArray();
    }
}
