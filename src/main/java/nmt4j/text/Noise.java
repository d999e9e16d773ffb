package nmt4j.text;

/// A stream of random numbers that is a function of its key (SplitMix64, Steele, Lea & Flood 2014).
final class Noise {
    /// Never strikes, and so has no state that could be shared.
    static final Noise NONE = new Noise(0, 0);

    private static final double UNIT = 0x1p-53;

    private final double probability;
    private long state;

    Noise(double probability, long key) {
        this.probability = probability;
        this.state = key;
    }

    /// True with the probability of this noise.
    boolean strikes() {
        if (probability <= 0)
            return false;
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return ((z ^ z >>> 31) >>> 11) * UNIT < probability;
    }
}
