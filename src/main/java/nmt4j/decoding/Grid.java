package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nmt4j.decoding.Rule.Exclusion;
import nmt4j.kernel.TopTokens;
import nmt4j.text.Vocabulary;

/// The ways to go on from the prefixes of a sentence: K for each number of tokens of its phrases that they have met; without
/// phrases, K.
final class Grid {
    /// A token that stands for all that are in no phrase.
    private static final int OTHER = -1;

    private final Phrases phrases;
    private final int total;
    private final int[] tokens;
    private final List<Candidates> byMet = new ArrayList<>();

    /// @param k  K
    Grid(int k, Phrases phrases) {
        this.phrases = phrases;
        total = phrases.total();
        tokens = phrases.tokens();
        for (int met = 0; met <= total; met++) byMet.add(new Candidates(k));
    }

    void clear() {
        byMet.forEach(Candidates::clear);
    }

    /// Whether there are no phrases.
    boolean isFree() {
        return total == 0;
    }

    /// Those that have met most come first.
    List<Candidates> all() {
        return byMet.reversed();
    }

    /// Considers all ways to go on from a prefix.
    ///
    /// @param left  how many tokens may follow, the next one included
    void consider(NextTokens next, Prefix prefix, int left) {
        if (total == 0) {
            byMet.getFirst().consider(next.matrix(), next.row(), prefix.weight());
            return;
        }
        var after = Arrays.copyOf(prefix.tokens(), prefix.length() + 1);
        var weights = new float[tokens.length];
        for (int i = 0; i < tokens.length; i++) weights[i] = next.get(tokens[i]);
        for (int i = 0; i < tokens.length; i++)
            considerOne(next.row(), tokens[i], weights[i], prefix, met(after, tokens[i]), left);
        int met = met(after, OTHER);
        for (int token : tokens) next.forbid(token);
        if (met < total) next.forbid(Vocabulary.END);
        if (canBeMet(met, left)) byMet.get(met).consider(next.matrix(), next.row(), prefix.weight());
        for (int i = 0; i < tokens.length; i++) next.restore(tokens[i], weights[i]);
    }

    /// Considers the likeliest ways to go on, if the grid is free.
    void consider(TopTokens likeliest, int row, Prefix prefix, List<Exclusion> exclusions) {
        var candidates = byMet.getFirst();
        for (int i = 0; i < likeliest.count(row); i++) {
            int token = likeliest.token(row, i);
            float logProbability = likeliest.logProbability(row, i);
            if (logProbability > Float.NEGATIVE_INFINITY && !Exclusion.isExcluded(token, prefix, exclusions)) // nor if it is NaN
                candidates.consider(row, token, logProbability, prefix.weight());
        }
    }

    /// Considers one way to go on.
    void consider(NextTokens next, int token, Prefix prefix, int left) {
        int met = total == 0 ? 0 : met(Arrays.copyOf(prefix.tokens(), prefix.length() + 1), token);
        if (token == Vocabulary.END && met < total) return;
        considerOne(next.row(), token, next.get(token), prefix, met, left);
    }

    private void considerOne(int row, int token, float weight, Prefix prefix, int met, int left) {
        if (weight > Float.NEGATIVE_INFINITY && canBeMet(met, left))
            byMet.get(met).consider(row, token, weight, prefix.weight());
    }

    private boolean canBeMet(int met, int left) {
        return total - met < left || total == met;
    }

    private int met(int[] after, int token) {
        after[after.length - 1] = token;
        return phrases.met(after);
    }
}
