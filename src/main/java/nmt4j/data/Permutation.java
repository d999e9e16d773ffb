package nmt4j.data;

/// An order of the numbers 0 … size − 1 that takes no memory: each place is computed by itself.
///
/// A Feistel network over the two halves of the index (Luby & Rackoff 1988) is a bijection of [0, 2²ʰ); where it leaves
/// [0, size) it is applied again until it comes back (cycle walking: Black & Rogaway 2002, section 4), which gives a
/// bijection of [0, size). The domain has at least 2¹⁶ elements, for small networks reach few permutations; so one
/// place of a small order may cost 2¹⁶ / size walks, and a whole one never more than 2¹⁶ or 4 × size.
final class Permutation {
    private static final int ROUNDS = 8;
    private static final int MIN_HALF_BITS = 8;

    private final int size;
    private final long key;
    private final int halfBits;

    Permutation(int size, long key) {
        this.size = size;
        this.key = key;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size - 1));
        this.halfBits = Math.max(MIN_HALF_BITS, (bits + 1) / 2);
    }

    /// The number at this place.
    int at(int place) {
        long walk = place;
        do
            walk = network(walk);
        while (walk >= size);
        return (int) walk;
    }

    private long network(long index) {
        long mask = (1L << halfBits) - 1;
        long left = index >>> halfBits;
        long right = index & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long mixed = left ^ (SplitMix.mix(key + round, right) & mask);
            left = right;
            right = mixed;
        }
        return left << halfBits | right;
    }

    /// The numbers 0 … size − 1 in the order of Fisher & Yates' shuffle.
    static int[] shuffled(int size, long key) {
        var order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = SplitMix.below(i + 1, SplitMix.mix(key, i));
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
