package nmt4j.decoding;

import java.util.ArrayList;
import java.util.List;

/// The n translations of a sentence with the highest scores so far, best first; of equal ones the earlier found is better.
final class BestTranslations {
    private final int n;
    private final List<Hypothesis> best = new ArrayList<>();
    private int ended;

    BestTranslations(int n) {
        this.n = n;
    }

    void add(Hypothesis hypothesis) {
        ended++;
        int i = best.size();
        while (i > 0 && hypothesis.score() > best.get(i - 1).score()) i--;
        best.add(i, hypothesis);
        if (best.size() > n) best.removeLast();
    }

    /// Whether a translation of at most that score would not be among the best.
    boolean excludes(double score) {
        return best.size() == n && score <= best.getLast().score();
    }

    /// How many translations have been added, those that were not kept included.
    int ended() {
        return ended;
    }

    List<Hypothesis> list() {
        return List.copyOf(best);
    }
}
