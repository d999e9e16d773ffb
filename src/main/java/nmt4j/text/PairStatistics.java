package nmt4j.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How often each pair of symbols occurs, and in which words, as subword-nmt's `learn_bpe.py` counts it.
///
/// Pairs below a threshold are put aside (`big`, all pairs ever put aside with the count they had), so that the search
/// for the maximum sees few pairs. subword-nmt does the same, and its bookkeeping shows in its results once a pair that
/// was put aside changes again; here each of its steps is repeated, to come to the same merges.
final class PairStatistics {
    private final SymbolTable symbols;
    private final LongTable numbers = new LongTable();
    private final List<Postings> postings = new ArrayList<>();
    private long[] keys = new long[1024];           // pair → its two symbols
    private long[] counts = new long[1024];         // pair → its count, if it is in use
    private boolean[] inUse = new boolean[1024];
    private long[] big = new long[1024];            // pair → its count when it was put aside
    private boolean[] inBig = new boolean[1024];
    private int[] used = new int[1024];             // the pairs in use, in no particular order
    private int numUsed;

    PairStatistics(SymbolTable symbols) {
        this.symbols = symbols;
    }

    private int pair(int left, int right) {
        long key = (long) left << 32 | right;
        int pair = numbers.get(key);
        if (pair >= 0)
            return pair;
        pair = postings.size();
        numbers.putIfAbsent(key, pair);
        postings.add(new Postings());
        if (pair == keys.length)
            grow();
        keys[pair] = key;
        return pair;
    }

    private void grow() {
        int length = 2 * keys.length;
        keys = Arrays.copyOf(keys, length);
        counts = Arrays.copyOf(counts, length);
        inUse = Arrays.copyOf(inUse, length);
        big = Arrays.copyOf(big, length);
        inBig = Arrays.copyOf(inBig, length);
    }

    void add(int left, int right, int word, int occurrences, long count) {
        int pair = pair(left, right);
        use(pair, counts[pair] + count);
        postings.get(pair).add(word, occurrences);
    }

    private void use(int pair, long count) {
        if (!inUse[pair]) {
            inUse[pair] = true;
            if (numUsed == used.length)
                used = Arrays.copyOf(used, 2 * numUsed);
            used[numUsed++] = pair;
        }
        counts[pair] = count;
    }

    /// Remembers all pairs as put aside with their present counts, without taking any out of use.
    void rememberAll() {
        for (int i = 0; i < numUsed; i++) {
            big[used[i]] = counts[used[i]];
            inBig[used[i]] = true;
        }
    }

    /// Puts pairs below a threshold aside.
    void prune(double threshold) {
        int kept = 0;
        for (int i = 0; i < numUsed; i++) {
            int pair = used[i];
            if (counts[pair] >= threshold) {
                used[kept++] = pair;
                continue;
            }
            big[pair] = counts[pair] < 0 ? big[pair] + counts[pair] : counts[pair];
            inBig[pair] = true;
            inUse[pair] = false;
            counts[pair] = 0;
        }
        numUsed = kept;
    }

    /// Takes all pairs that were ever put aside into use again, with the counts they had then, and no others.
    void restoreAll() {
        while (numUsed > 0) {
            int pair = used[--numUsed];
            inUse[pair] = false;
            counts[pair] = 0;
        }
        for (int pair = 0; pair < postings.size(); pair++)
            if (inBig[pair])
                use(pair, big[pair]);
    }

    boolean isEmpty() {
        return numUsed == 0;
    }

    /// The most frequent pair in use, of equally frequent ones the last by code points; −1 if none is in use.
    int mostFrequent() {
        int best = isEmpty() ? -1 : used[0];
        for (int i = 1; i < numUsed; i++) {
            int pair = used[i];
            if (counts[pair] > counts[best] || counts[pair] == counts[best] && isBehind(pair, best))
                best = pair;
        }
        return best;
    }

    private boolean isBehind(int a, int b) {
        int order = CodePointOrder.INSTANCE.compare(symbols.text(left(a)), symbols.text(left(b)));
        if (order == 0)
            order = CodePointOrder.INSTANCE.compare(symbols.text(right(a)), symbols.text(right(b)));
        return order > 0;
    }

    long count(int pair) {
        return counts[pair];
    }

    int left(int pair) {
        return (int) (keys[pair] >>> 32);
    }

    int right(int pair) {
        return (int) keys[pair];
    }

    Postings postings(int pair) {
        return postings.get(pair);
    }

    void setToZero(int pair) {
        use(pair, 0);
    }
}
