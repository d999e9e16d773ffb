package nmt4j.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Learns the merges of a byte pair encoding (Sennrich, Haddow & Birch 2016): the most frequent pair of neighbouring
/// symbols becomes a symbol, again and again. The merges equal those of subword-nmt 0.3.8, `learn-bpe`, one by one.
///
/// Only words in which a merge occurs are touched. Memory: under 500 bytes for each distinct word (a million words
/// learnt in 500 MB).
final class BpeLearner {
    /// subword-nmt's `--min-frequency`: learning ends when no pair occurs more than once.
    static final long MIN_FREQUENCY = 2;

    private static final String PYTHON_SPACE =
            "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

    private final SymbolTable symbols = new SymbolTable();
    private final PairStatistics pairs = new PairStatistics(symbols);
    private final List<int[]> words = new ArrayList<>();
    private long[] counts = new long[1024];

    /// A word that has a merge, before and after it.
    private record Change(int word, int[] before, int[] after) {}

    /// A word, as its first symbols, and how often it occurs.
    void add(List<String> word, long count) {
        int[] numbers = new int[word.size()];
        for (int i = 0; i < numbers.length; i++)
            numbers[i] = symbols.number(word.get(i));
        if (words.size() == counts.length)
            counts = Arrays.copyOf(counts, 2 * counts.length);
        counts[words.size()] = count;
        for (int i = 0; i + 1 < numbers.length; i++)
            pairs.add(numbers[i], numbers[i + 1], words.size(), 1, count);
        words.add(numbers);
    }

    /// Learns at most `limit` merges, each `left right`.
    List<String> learn(int limit) {
        var merges = new ArrayList<String>();
        if (pairs.isEmpty())
            return merges;
        pairs.rememberAll();
        double threshold = pairs.count(pairs.mostFrequent()) / 10.0;
        for (int i = 0; i < limit; i++) {
            int best = pairs.mostFrequent();
            if (i > 0 && (best < 0 || pairs.count(best) < threshold)) {
                pairs.prune(threshold);
                pairs.restoreAll();
                best = pairs.mostFrequent();
                threshold = pairs.count(best) * (double) i / (i + 10_000.0);
                pairs.prune(threshold);
            }
            if (pairs.count(best) < MIN_FREQUENCY)
                break;
            merges.add(symbols.text(pairs.left(best)) + " " + symbols.text(pairs.right(best)));
            merge(best);
            if (i % 100 == 0)
                pairs.prune(threshold);
        }
        return merges;
    }

    private void merge(int pair) {
        int product = symbols.number(symbols.text(pairs.left(pair)) + symbols.text(pairs.right(pair)));
        var changes = replace(pair, product);
        pairs.setToZero(pair);
        pairs.postings(pair).clear();
        for (var change : changes) {
            countDown(change, pairs.left(pair), pairs.right(pair));
            countUp(change, product);
        }
        pairs.setToZero(pair);
    }

    private List<Change> replace(int pair, int product) {
        var postings = pairs.postings(pair);
        var changes = new ArrayList<Change>(postings.size());
        for (int i = 0; i < postings.size(); i++) {
            if (postings.count(i) < 1)
                continue;
            int word = postings.word(i);
            int[] before = words.get(word);
            int[] after = hasSpace(before) ? replaceInText(before, pair) : replaceInSymbols(before, pair, product);
            words.set(word, after);
            changes.add(new Change(word, before, after));
        }
        return changes;
    }

    private int[] replaceInSymbols(int[] before, int pair, int product) {
        int left = pairs.left(pair);
        int right = pairs.right(pair);
        int[] after = new int[before.length];
        int length = 0;
        for (int i = 0; i < before.length; i++) {
            boolean found = before[i] == left && i + 1 < before.length && before[i + 1] == right;
            after[length++] = found ? product : before[i];
            if (found)
                i++;
        }
        return Arrays.copyOf(after, length);
    }

    private boolean hasSpace(int[] word) {
        for (int symbol : word)
            if (symbols.hasSpace(symbol))
                return true;
        return false;
    }

    /// subword-nmt looks for `left right` with white space around it in the symbols joined by spaces. Where a symbol
    /// itself holds white space, such as U+00A0 (but it never holds U+0020), its part behind it is found too.
    private int[] replaceInText(int[] before, int pair) {
        String left = symbols.text(pairs.left(pair));
        String right = symbols.text(pairs.right(pair));
        var texts = new ArrayList<String>(before.length);
        for (int symbol : before)
            texts.add(symbols.text(symbol));
        var pattern = Pattern.compile("(?<![^" + PYTHON_SPACE + "])" + Pattern.quote(left + " " + right)
                + "(?![^" + PYTHON_SPACE + "])");
        String after = pattern.matcher(String.join(" ", texts)).replaceAll(Matcher.quoteReplacement(left + right));
        String[] symbolsAfter = after.split(" ");
        int[] numbers = new int[symbolsAfter.length];
        for (int i = 0; i < numbers.length; i++)
            numbers[i] = symbols.number(symbolsAfter[i]);
        return numbers;
    }

    /// Takes the pairs around each `left right` away: of A B C, merging B C takes A B; of B C D it takes C D, but once
    /// only in B C B C.
    private void countDown(Change change, int left, int right) {
        int[] word = change.before;
        long count = counts[change.word];
        for (int i = indexOf(word, left, 0); i >= 0; i = indexOf(word, left, i)) {
            if (i + 1 >= word.length || word[i + 1] != right) {
                i++;
                continue;
            }
            if (i > 0)
                pairs.add(word[i - 1], word[i], change.word, -1, -count);
            if (i + 2 < word.length && (word[i + 2] != left || i + 3 >= word.length || word[i + 3] != right))
                pairs.add(word[i + 1], word[i + 2], change.word, -1, -count);
            i += 2;
        }
    }

    /// Adds the pairs around each product, once only between two of them.
    private void countUp(Change change, int product) {
        int[] word = change.after;
        long count = counts[change.word];
        for (int i = indexOf(word, product, 0); i >= 0; i = indexOf(word, product, i + 1)) {
            if (i > 0)
                pairs.add(word[i - 1], word[i], change.word, 1, count);
            if (i + 1 < word.length && word[i + 1] != product)
                pairs.add(word[i], word[i + 1], change.word, 1, count);
        }
    }

    private static int indexOf(int[] word, int symbol, int from) {
        for (int i = from; i < word.length; i++)
            if (word[i] == symbol)
                return i;
        return -1;
    }
}
