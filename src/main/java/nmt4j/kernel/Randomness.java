package nmt4j.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Random numbers that are a function of a key and an index (counter-based, after Salmon et al. 2011): nothing to save,
/// and the same for any number of threads.
public final class Randomness {
    private static final int MULTIPLIER_1 = 0x7feb352d; // the mixer "lowbias32" of Wellons' hash prospector
    private static final int MULTIPLIER_2 = 0x846ca68b;
    private static final int STEP = 0x9E3779B9;

    private Randomness() {}

    /// A key of two numbers, by two rounds of SplitMix64 (Steele, Lea & Flood 2014).
    public static long key(long a, long b) {
        return mix(mix(a) + b * 0x9E3779B97F4A7C15L);
    }

    private static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /// A uniform number in [0, 1) with 53 random bits.
    public static double uniform(long key, long index) {
        return (key(key, index) >>> 11) * 0x1p-53;
    }

    /// A normally distributed number (Box & Muller 1958).
    public static double normal(long key, long index) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, 2 * index)));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform(key, 2 * index + 1));
    }

    /// 32 random bits for each of the indices `first`, `first` + 1, …
    static IntVector bits(int key, int first) {
        var x = Steps.OF_LANES.add(first * STEP + key);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16)).mul(MULTIPLIER_1);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15)).mul(MULTIPLIER_2);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
    }

    /// Apart, for numbers without vectors.
    private static final class Steps {
        static final IntVector OF_LANES = Vectors.indices(0).mul(STEP);
    }
}
