package nmt4j.decoding;

import java.util.Arrays;
import java.util.List;

/// Phrases that must stand in a translation, and how far a prefix has come with them. Prefixes that have come equally far
/// compete with each other alone, so that those that met a phrase early are not lost: grid beam search (Hokamp & Liu 2017).
///
/// @param phrases  ids of each
record Phrases(List<int[]> phrases) {
    /// Number of tokens of all phrases: how far one can come.
    int total() {
        int total = 0;
        for (var phrase : phrases) total += phrase.length;
        return total;
    }

    /// Each token of a phrase, once.
    int[] tokens() {
        return phrases.stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    }

    /// The tokens of all phrases that stand in `tokens` in full, and of the one of which most stands at its end.
    int met(int[] tokens) {
        int met = 0;
        int begun = 0;
        for (var phrase : phrases) {
            if (holds(tokens, phrase)) met += phrase.length;
            else begun = Math.max(begun, begun(tokens, phrase));
        }
        return met + begun;
    }

    private static boolean holds(int[] tokens, int[] phrase) {
        for (int i = 0; i + phrase.length <= tokens.length; i++)
            if (Arrays.equals(tokens, i, i + phrase.length, phrase, 0, phrase.length)) return true;
        return false;
    }

    /// How much of the phrase's beginning is the end of the tokens.
    private static int begun(int[] tokens, int[] phrase) {
        for (int n = Math.min(tokens.length, phrase.length - 1); n > 0; n--)
            if (Arrays.equals(tokens, tokens.length - n, tokens.length, phrase, 0, n)) return n;
        return 0;
    }
}
