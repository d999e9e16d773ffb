package nmt4j.decoding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nmt4j.kernel.Matrix;

/// How likely each next token of one prefix is: log p of the model, and what rules make of it. A search chooses by what
/// rules made of it; what it reports is the model's.
final class NextTokens {
    private final Matrix matrix;
    private final int row;
    private final Map<Integer, Float> changed = new HashMap<>(); // the model's log p where a rule has changed it

    /// @param matrix  log-probabilities [rows, V], to be changed in place
    NextTokens(Matrix matrix, int row) {
        this.matrix = matrix;
        this.row = row;
    }

    /// After the rules.
    static NextTokens of(Matrix matrix, int row, List<? extends Rule> rules, Prefix prefix) {
        var next = new NextTokens(matrix, row);
        for (var rule : rules) rule.apply(next, prefix);
        return next;
    }

    /// V.
    int size() {
        return matrix.columns();
    }

    float get(int token) {
        return matrix.get(row, token);
    }

    /// The model's log p of a token that is possible.
    float raw(int token) {
        return changed.isEmpty() ? get(token) : changed.getOrDefault(token, get(token));
    }

    boolean isPossible(int token) {
        return get(token) > Float.NEGATIVE_INFINITY; // not if it is NaN
    }

    void forbid(int token) {
        matrix.set(row, token, Float.NEGATIVE_INFINITY);
    }

    /// Forbids all other tokens.
    void only(int token) {
        float logProbability = get(token);
        matrix.rows(row, row + 1).fill(Float.NEGATIVE_INFINITY);
        matrix.set(row, token, logProbability);
    }

    /// Makes a token more or less likely to be chosen.
    void weigh(int token, float logProbability) {
        changed.putIfAbsent(token, get(token));
        matrix.set(row, token, logProbability);
    }

    /// Takes back that a token was forbidden.
    void restore(int token, float logProbability) {
        matrix.set(row, token, logProbability);
    }

    Matrix matrix() {
        return matrix;
    }

    int row() {
        return row;
    }
}
