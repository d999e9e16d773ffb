package nmt4j.data;

/// Random numbers without state: the finaliser of SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom
/// number generators", figure 16) over a counter. Each number is a function of its key and index alone, so that there
/// is nothing to save and nothing depends on timing.
public final class SplitMix {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix() {}

    /// The 64 random bits number `index` of the sequence `key`; they may serve as the key of another sequence.
    public static long mix(long key, long index) {
        return finish(finish(key) + GOLDEN_GAMMA * (index + 1));
    }

    /// A whole number from 0 to `bound` − 1, from 64 random bits (Lemire 2019, without the rejection: its bias is below
    /// `bound` / 2⁶⁴).
    public static int below(int bound, long bits) {
        return (int) Math.unsignedMultiplyHigh(bits, bound);
    }

    /// A number in [0, 1), from 64 random bits.
    public static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static long finish(long bits) {
        long z = bits;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
