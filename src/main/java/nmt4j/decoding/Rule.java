package nmt4j.decoding;

import nmt4j.kernel.Matrix;
import nmt4j.text.Vocabulary;

/// Changes what may come next, before a search chooses: a constraint or a penalty.
@FunctionalInterface
interface Rule {
    /// What no translation holds: padding and `<s>`.
    Rule TEXT_ONLY = (next, row, prefix) -> {
        forbid(next, row, Vocabulary.PADDING);
        forbid(next, row, Vocabulary.START);
    };

    /// @param next    log-probabilities [rows, V], to be changed in place
    /// @param row     the row to change
    /// @param prefix  what that row has so far
    void apply(Matrix next, int row, Prefix prefix);

    /// No end before that many tokens.
    static Rule minimumLength(int tokens) {
        return (next, row, prefix) -> {
            if (prefix.length() < tokens) forbid(next, row, Vocabulary.END);
        };
    }

    static void forbid(Matrix next, int row, int token) {
        next.set(row, token, Float.NEGATIVE_INFINITY);
    }
}
