package nmt4j.evaluation;

/// Translation edit rate, in percent: lower is better, and it may exceed 100.
///
/// @param edits            insertions, deletions, substitutions and shifts
/// @param referenceLength  words in the references, the mean where a line has several
public record TerScore(double score, long edits, double referenceLength) implements Score {
    @Override
    public String name() {
        return "TER";
    }
}
