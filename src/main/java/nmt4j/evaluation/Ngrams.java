package nmt4j.evaluation;

import java.util.Arrays;

/// Numbers the n-grams of one segment: an n-gram is its prefix, which has a number already, and one more symbol. The
/// empty n-gram has number 0. A hash table with open addressing, because chrF asks for millions.
final class Ngrams {
    private static final int[] NONE = {};

    private final int maxOrder;
    private long[] keys = new long[256];
    private int[] numbers = new int[256];
    private int[] orders = new int[128];
    private int size = 1;

    Ngrams(int maxOrder) {
        this.maxOrder = maxOrder;
    }

    int maxOrder() {
        return maxOrder;
    }

    /// How often each n-gram, from order 1 to the highest, occurs in `symbols`, by its number; those with numbers
    /// beyond the result's end do not occur.
    int[] count(int[] symbols) {
        var counts = NONE;
        for (int i = 0; i < symbols.length; i++) {
            int end = Math.min(symbols.length, i + maxOrder);
            for (int j = i, ngram = 0; j < end; j++) {
                ngram = extended(ngram, symbols[j]);
                if (ngram >= counts.length)
                    counts = Arrays.copyOf(counts, Math.max(orders.length, size));
                counts[ngram]++;
            }
        }
        return counts;
    }

    /// For each order from 1, how many n-grams the two have in common: Σ min(a, b).
    void addMatches(int[] a, int[] b, double[] matches, int offset) {
        int common = Math.min(Math.min(a.length, b.length), size);
        for (int ngram = 1; ngram < common; ngram++)
            matches[offset + orders[ngram] - 1] += Math.min(a[ngram], b[ngram]);
    }

    /// The larger count of each n-gram.
    static int[] max(int[] a, int[] b) {
        var max = Arrays.copyOf(a, Math.max(a.length, b.length));
        for (int ngram = 0; ngram < b.length; ngram++)
            max[ngram] = Math.max(max[ngram], b[ngram]);
        return max;
    }

    /// How many n-grams of an order a sequence has.
    static int total(int length, int order) {
        return Math.max(0, length - order + 1);
    }

    private int extended(int prefix, int symbol) {
        long key = (long) prefix << 32 | symbol & 0xffffffffL;
        int slot = slot(key);
        if (numbers[slot] != 0)
            return numbers[slot];
        if (2 * size >= keys.length) {
            grow();
            slot = slot(key);
        }
        if (size == orders.length)
            orders = Arrays.copyOf(orders, 2 * size);
        orders[size] = orders[prefix] + 1;
        keys[slot] = key;
        numbers[slot] = size;
        return size++;
    }

    private int slot(long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        int mask = keys.length - 1;
        int slot = (int) (mixed >>> Long.numberOfLeadingZeros(mask)); // its highest bits, as many as there are slots for
        while (numbers[slot] != 0 && keys[slot] != key)
            slot = slot + 1 & mask;
        return slot;
    }

    private void grow() {
        var oldKeys = keys;
        var oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] == 0)
                continue;
            int slot = slot(oldKeys[i]);
            keys[slot] = oldKeys[i];
            numbers[slot] = oldNumbers[i];
        }
    }
}
