package nmt4j.decoding;

/// How long an exact search looks for a proof, for each sentence.
///
/// @param steps    prefixes that the model is asked about
/// @param seconds  of its time; what is found by then may differ from run to run
public record Effort(long steps, double seconds) {
    public static Effort steps(long steps) {
        return new Effort(steps, Double.POSITIVE_INFINITY);
    }
}
