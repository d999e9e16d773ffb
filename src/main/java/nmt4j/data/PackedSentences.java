package nmt4j.data;

import java.util.Arrays;
import java.util.List;

/// Sentences laid one after the other, without padding: sentence b is `tokens[offsets[b]]` to
/// `tokens[offsets[b + 1] - 1]`.
///
/// @param tokens   ids of all sentences [T]
/// @param offsets  where each sentence starts, and at last the number of tokens [B + 1]
public record PackedSentences(int[] tokens, int[] offsets) {
    private static final int[] NOTHING = {};

    /// The sentences in the order given.
    public static PackedSentences of(List<int[]> sentences) {
        return framed(sentences, NOTHING, NOTHING);
    }

    /// The sentences in the order given, each between `before` and `after`.
    static PackedSentences framed(List<int[]> sentences, int[] before, int[] after) {
        int frame = before.length + after.length;
        var offsets = new int[sentences.size() + 1];
        for (int b = 0; b < sentences.size(); b++) offsets[b + 1] = offsets[b] + sentences.get(b).length + frame;
        var tokens = new int[offsets[sentences.size()]];
        for (int b = 0; b < sentences.size(); b++) {
            var sentence = sentences.get(b);
            System.arraycopy(before, 0, tokens, offsets[b], before.length);
            System.arraycopy(sentence, 0, tokens, offsets[b] + before.length, sentence.length);
            System.arraycopy(after, 0, tokens, offsets[b + 1] - after.length, after.length);
        }
        return new PackedSentences(tokens, offsets);
    }

    /// B, the number of sentences.
    public int size() {
        return offsets.length - 1;
    }

    /// T, the number of tokens in all sentences together.
    public int numTokens() {
        return tokens.length;
    }

    /// The number of tokens of sentence `b`.
    public int length(int b) {
        return offsets[b + 1] - offsets[b];
    }

    /// The number of tokens of the longest sentence; 0 if there is none.
    public int maxLength() {
        int longest = 0;
        for (int b = 0; b < size(); b++) longest = Math.max(longest, length(b));
        return longest;
    }

    /// A copy of the ids of sentence `b`.
    public int[] sentence(int b) {
        return Arrays.copyOfRange(tokens, offsets[b], offsets[b + 1]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedSentences that
                && Arrays.equals(tokens, that.tokens) && Arrays.equals(offsets, that.offsets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(offsets);
    }

    @Override
    public String toString() {
        var sentences = new StringBuilder("[");
        for (int b = 0; b < size(); b++) sentences.append(b == 0 ? "" : " | ").append(Arrays.toString(sentence(b)));
        return sentences.append(']').toString();
    }
}
