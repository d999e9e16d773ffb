package nmt4j.decoding;

import java.util.List;

/// What a search with a beam of some size found.
///
/// @param beam   its size; 0 for an exact search
/// @param found  of each line
public record BeamPoint(int beam, List<Translation> found) {
    /// @throws nmt4j.Failure  if a line has no translation
    public List<String> texts() {
        return Translation.texts(found);
    }

    /// Translations that are empty.
    public int empty() {
        return (int) found.stream().filter(line -> line.candidates().getFirst().tokens().isEmpty()).count();
    }

    /// The mean over the lines.
    public double logProbability() {
        return found.stream().mapToDouble(line -> line.candidates().getFirst().logProbability()).average()
                .orElse(Double.NaN);
    }
}
