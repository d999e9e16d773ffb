package nmt4j.decoding;

/// What an exact search has proved.
///
/// @param isOptimal  no translation within the limits of length scores higher
/// @param bound      no translation scores above this
/// @param steps      prefixes that the model was asked about
public record Certificate(boolean isOptimal, double bound, long steps) {
    /// Of a line, from those of its two parts.
    Certificate plus(Certificate other) {
        return new Certificate(isOptimal && other.isOptimal, bound + other.bound, steps + other.steps);
    }

    @Override
    public String toString() {
        return isOptimal ? "optimal" : "limit reached";
    }
}
