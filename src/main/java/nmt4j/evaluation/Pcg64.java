package nmt4j.evaluation;

/// The generator PCG XSL RR 128/64 (O'Neill 2014), seeded and read as NumPy's `default_rng(seed)` is: equal seeds give
/// the very samples that sacreBLEU draws.
final class Pcg64 {
    private static final long MULTIPLIER_HIGH = 0x2360ed051fc65da4L;
    private static final long MULTIPLIER_LOW = 0x4385df649fccf645L;

    private final long incrementHigh;
    private final long incrementLow;
    private long high;
    private long low;
    private long half;
    private boolean hasHalf;
    private int bits;
    private int bitsLeft;

    Pcg64(long seed) {
        var words = seedWords(seed);
        incrementHigh = words[2] << 1 | words[3] >>> 63;
        incrementLow = words[3] << 1 | 1;
        step();
        add(words[0], words[1]);
        step();
    }

    /// A number from 0 to `bound` − 1, by Lemire's method (2019) on 32 bits.
    int below(int bound) {
        if (bound == 1)
            return 0;
        long product = next32() * bound;
        if ((product & 0xffffffffL) < bound) {
            long threshold = (0x100000000L - bound) % bound;
            while ((product & 0xffffffffL) < threshold)
                product = next32() * bound;
        }
        return (int) (product >>> 32);
    }

    /// A fair coin; 32 of them share one draw.
    boolean coin() {
        if (bitsLeft == 0) {
            bits = (int) next32();
            bitsLeft = 32;
        }
        boolean coin = (bits & 1) != 0;
        bits >>>= 1;
        bitsLeft--;
        return coin;
    }

    /// The lower half of a 64-bit draw, then the upper one.
    private long next32() {
        hasHalf = !hasHalf;
        if (!hasHalf)
            return half;
        long next = next64();
        half = next >>> 32;
        return next & 0xffffffffL;
    }

    private long next64() {
        step();
        return Long.rotateRight(high ^ low, (int) (high >>> 58));
    }

    /// state ← state · multiplier + increment, modulo 2¹²⁸.
    private void step() {
        high = Math.unsignedMultiplyHigh(low, MULTIPLIER_LOW) + high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH;
        low *= MULTIPLIER_LOW;
        add(incrementHigh, incrementLow);
    }

    private void add(long otherHigh, long otherLow) {
        low += otherLow;
        high += otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
    }

    /// Four words from a seed as NumPy's `SeedSequence` makes them (after O'Neill's `seed_seq_fe`).
    private static long[] seedWords(long seed) {
        var hash = new Hash(0x43b0d7e5, 0x931e8875);
        var pool = new int[] {(int) seed, (int) (seed >>> 32), 0, 0};
        for (int i = 0; i < pool.length; i++)
            pool[i] = hash.of(pool[i]);
        for (int from = 0; from < pool.length; from++)
            for (int to = 0; to < pool.length; to++)
                if (from != to)
                    pool[to] = mixed(pool[to], hash.of(pool[from]));
        var output = new Hash(0x8b51f9dd, 0x58f38ded);
        var words = new long[4];
        for (int i = 0; i < words.length; i++) {
            long lower = output.of(pool[2 * i % 4]) & 0xffffffffL;
            words[i] = lower | (long) output.of(pool[(2 * i + 1) % 4]) << 32;
        }
        return words;
    }

    private static int mixed(int x, int y) {
        int mixed = 0xca01f9dd * x - 0x4973f715 * y;
        return mixed ^ mixed >>> 16;
    }

    /// A multiplicative hash whose constant changes with each use.
    private static final class Hash {
        private final int multiplier;
        private int constant;

        Hash(int constant, int multiplier) {
            this.constant = constant;
            this.multiplier = multiplier;
        }

        int of(int value) {
            int hash = value ^ constant;
            constant *= multiplier;
            hash *= constant;
            return hash ^ hash >>> 16;
        }
    }
}
