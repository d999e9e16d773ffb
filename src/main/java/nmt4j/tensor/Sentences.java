package nmt4j.tensor;

/// Where the sentences of a packed batch begin: sentence i has the rows offsets[i] … offsets[i + 1] − 1.
///
/// @param offsets  ascending, from 0; one more than there are sentences
public record Sentences(int[] offsets) {
    /// Sentences of the given lengths.
    public static Sentences ofLengths(int... lengths) {
        var offsets = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) offsets[i + 1] = offsets[i] + lengths[i];
        return new Sentences(offsets);
    }

    /// Number of sentences.
    public int size() {
        return offsets.length - 1;
    }

    /// Number of rows of all sentences.
    public int tokens() {
        return offsets[offsets.length - 1];
    }

    public int begin(int i) {
        return offsets[i];
    }

    public int end(int i) {
        return offsets[i + 1];
    }

    public int length(int i) {
        return offsets[i + 1] - offsets[i];
    }

    public int maxLength() {
        int max = 0;
        for (int i = 0; i < size(); i++) max = Math.max(max, length(i));
        return max;
    }

    /// The position of each row in its sentence.
    public int[] positions() {
        var positions = new int[tokens()];
        for (int i = 0; i < size(); i++) for (int t = begin(i); t < end(i); t++) positions[t] = t - begin(i);
        return positions;
    }
}
