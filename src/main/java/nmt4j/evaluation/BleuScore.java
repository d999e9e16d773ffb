package nmt4j.evaluation;

import java.util.Arrays;
import java.util.stream.Collectors;

/// BLEU with all it was made of.
///
/// @param score              in percent
/// @param precisions         of the n-gram orders from 1, smoothed, in percent
/// @param brevityPenalty     at most 1
/// @param hypothesisLength   words in all hypotheses
/// @param referenceLength    words in the references, on each line those of the one nearest in length
public record BleuScore(double score, double[] precisions, double brevityPenalty, long hypothesisLength,
        long referenceLength) implements Score {
    @Override
    public String name() {
        return "BLEU";
    }

    /// Hypothesis length over reference length.
    public double ratio() {
        return referenceLength == 0 ? 0 : hypothesisLength / (double) referenceLength;
    }

    @Override
    public String verbose() {
        return Arrays.stream(precisions).mapToObj(p -> Score.rounded(p, 1)).collect(Collectors.joining("/"))
                + " (BP = " + Score.rounded(brevityPenalty, 3) + " ratio = " + Score.rounded(ratio(), 3)
                + " hyp_len = " + hypothesisLength + " ref_len = " + referenceLength + ")";
    }
}
