package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import nmt4j.Failure;
import nmt4j.kernel.Matrix;
import nmt4j.text.Vocabulary;

/// One sentence's part of a beam search.
final class Beam {
    private final BeamSearch search;
    private final int maximum;
    private final Candidates candidates;
    private final List<Hypothesis> ended = new ArrayList<>(); // best first, no more than are wanted
    private List<Prefix> prefixes = List.of(Prefix.EMPTY);
    private int[] rows = {};

    Beam(BeamSearch search, Sentence sentence) {
        this.search = search;
        maximum = search.lengths().maximum(sentence.length());
        candidates = new Candidates(search.size());
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

    List<Hypothesis> translations() {
        return List.copyOf(ended);
    }

    /// Takes one step.
    ///
    /// @param next   log-probabilities of what follows [rows, V]
    /// @param first  the row of the first prefix; the others follow
    /// @return       the row behind the last prefix
    int goOn(Matrix next, int first) {
        candidates.clear();
        for (int i = 0; i < prefixes.size(); i++) consider(next, first + i, prefixes.get(i));
        if (candidates.size() == 0 && ended.isEmpty())
            throw Failure.check("the model gives no probability to any token; are there NaN among its weights?");
        int behind = first + prefixes.size();
        keep(first);
        return behind;
    }

    private void consider(Matrix next, int row, Prefix prefix) {
        if (prefix.length() == maximum) {
            candidates.consider(row, Vocabulary.END, next.get(row, Vocabulary.END), prefix.total());
            return;
        }
        for (var rule : search.rules()) rule.apply(next, row, prefix);
        candidates.consider(next, row, prefix.total());
    }

    private void keep(int first) {
        var kept = new ArrayList<Prefix>();
        var origins = new int[candidates.size()];
        for (int i = 0; i < candidates.size(); i++) {
            var prefix =
                    prefixes.get(candidates.row(i) - first).then(candidates.token(i), candidates.logProbability(i));
            if (prefix.token() == Vocabulary.END) {
                add(prefix.end(search.penalty()));
            } else {
                origins[kept.size()] = candidates.row(i);
                kept.add(prefix);
            }
        }
        while (!kept.isEmpty() && isHopeless(kept.getLast())) kept.removeLast(); // they are sorted
        prefixes = kept;
        rows = Arrays.copyOf(origins, kept.size());
    }

    private void add(Hypothesis hypothesis) {
        int i = ended.size();
        while (i > 0 && hypothesis.score() > ended.get(i - 1).score()) i--;
        ended.add(i, hypothesis);
        if (ended.size() > search.best()) ended.removeLast();
    }

    /// Whether all that the prefix can become is no better than every translation that is wanted.
    private boolean isHopeless(Prefix prefix) {
        return ended.size() == search.best()
                && search.penalty().score(prefix.total(), maximum + 1) <= ended.getLast().score();
    }

    /// What `part` gives of each beam, one after the other.
    static int[] join(List<Beam> beams, Function<Beam, int[]> part) {
        return beams.stream().map(part).flatMapToInt(Arrays::stream).toArray();
    }
}
