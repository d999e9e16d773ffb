package nmt4j.decoding;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nmt4j.text.Vocabulary;

/// Changes what may come next, before a search chooses: a constraint or a penalty.
@FunctionalInterface
interface Rule {
    /// What no translation holds: padding and `<s>`.
    Rule TEXT_ONLY = new Exclusion(_ -> true, Vocabulary.PADDING, Vocabulary.START);

    /// No unknown words.
    Rule NO_UNKNOWN = new Exclusion(_ -> true, Vocabulary.UNKNOWN);

    /// @param next    what may follow
    /// @param prefix  what is there so far
    void apply(NextTokens next, Prefix prefix);

    /// No end before that many tokens.
    static Rule minimumLength(int tokens) {
        return new Exclusion(prefix -> prefix.length() < tokens, Vocabulary.END);
    }

    /// Forbids a few tokens, always the same, behind some prefixes: the likeliest tokens are all that a search has to know then.
    record Exclusion(Predicate<Prefix> behind, int... tokens) implements Rule {
        @Override
        public void apply(NextTokens next, Prefix prefix) {
            if (behind.test(prefix)) for (int token : tokens) next.forbid(token);
        }

        private boolean excludes(int token, Prefix prefix) {
            for (int excluded : tokens) if (token == excluded) return behind.test(prefix);
            return false;
        }

        /// Whether one of the rules forbids the token behind the prefix.
        static boolean isExcluded(int token, Prefix prefix, List<Exclusion> rules) {
            for (var rule : rules) if (rule.excludes(token, prefix)) return true;
            return false;
        }

        /// The most tokens that the rules forbid behind a prefix.
        static int most(List<Exclusion> rules) {
            return rules.stream().mapToInt(rule -> rule.tokens.length).sum();
        }

        /// All rules, if they exclude tokens and do no more.
        static Optional<List<Exclusion>> all(List<Rule> rules) {
            var exclusions = rules.stream().filter(Exclusion.class::isInstance).map(Exclusion.class::cast).toList();
            return exclusions.size() == rules.size() ? Optional.of(exclusions) : Optional.empty();
        }
    }

    /// No n tokens in a row that stand in the translation already (Paulus, Xiong & Socher 2018, section 2.5).
    static Rule noRepeatedNgram(int n) {
        return (next, prefix) -> {
            var tokens = prefix.tokens();
            for (int i = 0; i + n <= tokens.length; i++)
                if (endsWith(tokens, tokens, i, n - 1)) next.forbid(tokens[i + n - 1]);
        };
    }

    /// A token that stands in the translation already is chosen as if its log p were that many times as low (Keskar et al.
    /// 2019, section 4.1, for log-probabilities).
    static Rule repetitionPenalty(double factor) {
        return (next, prefix) -> {
            var seen = new HashSet<Integer>();
            for (int token : prefix.tokens())
                if (seen.add(token) && next.isPossible(token)) next.weigh(token, (float) (factor * next.get(token)));
        };
    }

    /// Never these tokens one after the other.
    static Rule forbidden(int... phrase) {
        return (next, prefix) -> {
            if (endsWith(prefix.tokens(), phrase, 0, phrase.length - 1)) next.forbid(phrase[phrase.length - 1]);
        };
    }

    /// Whether the last `n` tokens are those of `phrase` from `begin`.
    private static boolean endsWith(int[] tokens, int[] phrase, int begin, int n) {
        if (tokens.length < n) return false;
        for (int i = 0; i < n; i++) if (tokens[tokens.length - n + i] != phrase[begin + i]) return false;
        return true;
    }
}
