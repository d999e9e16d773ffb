package nmt4j.evaluation;

/// Which word of the hypothesis stands at each word of the reference along a path of edits, and where the path errs.
final class WordAlignment {
    private final int[] hypothesisAt;
    private final int[] hypothesisErrors;   // before each word
    private final int[] referenceErrors;
    private int hypothesis;
    private int reference;

    WordAlignment(int hypothesisLength, int referenceLength) {
        hypothesisAt = new int[referenceLength];
        hypothesisErrors = new int[hypothesisLength + 1];
        referenceErrors = new int[referenceLength + 1];
    }

    /// The path goes on with a word on both sides, equal or not.
    void both(boolean equal) {
        hypothesisErrors[hypothesis + 1] = hypothesisErrors[hypothesis] + (equal ? 0 : 1);
        referenceErrors[reference + 1] = referenceErrors[reference] + (equal ? 0 : 1);
        hypothesisAt[reference++] = hypothesis++;
    }

    /// The path goes on with a word that only the hypothesis has.
    void onlyHypothesis() {
        hypothesisErrors[hypothesis + 1] = hypothesisErrors[hypothesis] + 1;
        hypothesis++;
    }

    /// The path goes on with a word that only the reference has: it stands at the hypothesis's word before, or at -1.
    void onlyReference() {
        referenceErrors[reference + 1] = referenceErrors[reference] + 1;
        hypothesisAt[reference++] = hypothesis - 1;
    }

    /// Whether the phrase is wrong on both sides and its place in the reference is not within itself.
    boolean invitesShift(int start, int match, int length) {
        boolean within = hypothesisAt[match] >= start && hypothesisAt[match] < start + length;
        return !within && hypothesisErrors[start + length] > hypothesisErrors[start]
                && referenceErrors[match + length] > referenceErrors[match];
    }

    /// The position behind the hypothesis's word at this word of the reference; 0 before the reference's first.
    int behind(int referenceWord) {
        return referenceWord < 0 ? 0 : hypothesisAt[referenceWord] + 1;
    }
}
