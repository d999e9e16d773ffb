package nmt4j.decoding;

import java.util.Arrays;

/// Attention between subwords, and the words that they are part of.
///
/// @param weights      for each target subword the weights of the source subwords, and of `</s>` [T][S + 1]
/// @param sourceWords  of each source subword, its word [S]
/// @param targetWords  of each target subword, its word [T]
public record SubwordAttention(float[][] weights, int[] sourceWords, int[] targetWords) {

    /// Which step's attention is that of a target subword.
    public enum Moment {
        /// The step that predicts it.
        PREDICTING,
        /// The step that reads it, one later: in some Transformers the better one (Chen et al. 2020, section 3.1).
        READING
    }

    /// @param steps  for each target subword and for `</s>`, the attention of the step that predicts it [T + 1][S + 1]
    static SubwordAttention of(float[][] steps, Moment moment, int[] sourceWords, int[] targetWords) {
        int first = moment == Moment.PREDICTING ? 0 : 1;
        return new SubwordAttention(Arrays.copyOfRange(steps, first, first + targetWords.length), sourceWords,
                targetWords);
    }

    /// The source subword with the highest weight, or S where that is `</s>`.
    int highest(int target) {
        return highest(target, weights[target].length);
    }

    /// The source subword with the highest weight, `</s>` left aside.
    int highestOfText(int target) {
        return highest(target, weights[target].length - 1);
    }

    private int highest(int target, int candidates) {
        var row = weights[target];
        int best = 0;
        for (int s = 1; s < candidates; s++) if (row[s] > row[best]) best = s;
        return best;
    }

    /// Attention between words: the sum over the subwords of a source word, the mean over those of a target word; none
    /// of a word without subwords, see [nmt4j.text.TextCodec#words].
    double[][] ofWords() {
        var sums = new double[words(targetWords)][words(sourceWords)];
        var counts = new int[sums.length];
        for (int t = 0; t < targetWords.length; t++) {
            counts[targetWords[t]]++;
            for (int s = 0; s < sourceWords.length; s++) sums[targetWords[t]][sourceWords[s]] += weights[t][s];
        }
        for (int j = 0; j < sums.length; j++) for (int i = 0; i < sums[j].length; i++) sums[j][i] /= Math.max(1, counts[j]);
        return sums;
    }

    private static int words(int[] of) {
        return of.length == 0 ? 0 : of[of.length - 1] + 1;
    }
}
