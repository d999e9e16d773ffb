package nmt4j.data;

import java.util.Arrays;

/// A random part of a corpus, as large as fits into bounded memory, cut into batches.
///
/// Pairs are cut from the front of a random order as the budget fills; to have pairs alike in length in a batch, stretches
/// of some batches' size are sorted first, by target length, then source length, then at random. There are as few batches
/// as that gives, but no fuller than they need be: the limit is lowered as long as their number stays the same, so that all
/// have nearly the same number of tokens. Then the batches are shuffled.
///
/// (Batches of one length each, as sorting the whole pool would give, learn visibly worse: every update pulls towards
/// sentences that end there.)
final class Pool {
    private static final int PLACE_BITS = 20;
    private static final int LENGTH_BITS = 16;
    private static final int MAX_LENGTH = (1 << LENGTH_BITS) - 1;

    /// The largest number of pairs: with 8 bytes of sort key and 4 of result each, 12 MB.
    static final int MAX_SIZE = 1 << PLACE_BITS;

    private final int[] pairs;
    private final int[] cuts;
    private final int[] order;

    private Pool(int[] pairs, int[] cuts, int[] order) {
        this.pairs = pairs;
        this.cuts = cuts;
        this.order = order;
    }

    /// Plans the pairs at `from` to `to` − 1 of an order.
    ///
    /// @param together  batches whose pairs are sorted together
    /// @param key       of the shuffle
    static Pool plan(Corpus corpus, Permutation permutation, int from, int to, Budget budget, int together, long key) {
        var keys = new long[to - from];
        for (int place = 0; place < keys.length; place++) {
            int pair = permutation.at(from + place);
            long lengths = (long) corpus.targetLength(pair) << LENGTH_BITS | corpus.sourceLength(pair);
            keys[place] = lengths << PLACE_BITS | place;
        }
        if (together > 1) sort(keys, budget, (int) Math.min((long) budget.size() * together, Integer.MAX_VALUE));
        var cuts = cuts(keys, budget);
        for (int b = 0; b + 1 < cuts.length; b++) Arrays.sort(keys, cuts[b], cuts[b + 1]);
        var pairs = new int[keys.length];
        for (int i = 0; i < pairs.length; i++) pairs[i] = permutation.at(from + (int) (keys[i] & MAX_SIZE - 1));
        return new Pool(pairs, cuts, Permutation.shuffled(cuts.length - 1, key));
    }

    /// Sorts stretches of this cost.
    private static void sort(long[] keys, Budget budget, int limit) {
        for (int from = 0; from < keys.length;) {
            int to = end(keys, from, budget, limit);
            Arrays.sort(keys, from, to);
            from = to;
        }
    }

    private static int[] cuts(long[] keys, Budget budget) {
        int batches = count(keys, budget, budget.size());
        int low = 1;
        int high = budget.size();
        while (low < high) {
            int limit = low + (high - low) / 2;
            if (count(keys, budget, limit) == batches) high = limit;
            else low = limit + 1;
        }
        var cuts = new int[batches + 1];
        for (int b = 0; b < batches; b++) cuts[b + 1] = end(keys, cuts[b], budget, high);
        return cuts;
    }

    private static int count(long[] keys, Budget budget, int limit) {
        int batches = 0;
        for (int from = 0; from < keys.length; from = end(keys, from, budget, limit)) batches++;
        return batches;
    }

    /// Where the batch ends that begins at `from`; it holds one pair at least.
    private static int end(long[] keys, int from, Budget budget, int limit) {
        long source = 0;
        long target = 0;
        int to = from;
        for (; to < keys.length; to++) {
            source += budget.cost((int) (keys[to] >>> PLACE_BITS) & MAX_LENGTH);
            target += budget.cost((int) (keys[to] >>> PLACE_BITS + LENGTH_BITS));
            if (Math.max(source, target) > limit && to > from) break;
        }
        return to;
    }

    /// The number of batches.
    int size() {
        return order.length;
    }

    /// The pairs of a batch, longest target first.
    int[] batch(int number) {
        int from = cuts[order[number]];
        int to = cuts[order[number] + 1];
        var batch = new int[to - from];
        for (int i = 0; i < batch.length; i++) batch[i] = pairs[to - 1 - i];
        return batch;
    }
}
