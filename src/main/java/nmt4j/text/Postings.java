package nmt4j.text;

import java.util.Arrays;

/// The words that a pair of symbols occurs in, ascending, and how often in each.
final class Postings {
    private static final int[] NONE = {};

    private int[] words = NONE;
    private int[] counts = NONE;
    private int size;

    void add(int word, int times) {
        int at = size > 0 && words[size - 1] < word ? -size - 1 : Arrays.binarySearch(words, 0, size, word);
        if (at >= 0)
            counts[at] += times;
        else
            insert(-at - 1, word, times);
    }

    private void insert(int at, int word, int times) {
        if (size == words.length) {
            words = Arrays.copyOf(words, size + (size >> 1) + 1);
            counts = Arrays.copyOf(counts, words.length);
        }
        System.arraycopy(words, at, words, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        words[at] = word;
        counts[at] = times;
        size++;
    }

    int size() {
        return size;
    }

    int word(int i) {
        return words[i];
    }

    int count(int i) {
        return counts[i];
    }

    void clear() {
        words = NONE;
        counts = NONE;
        size = 0;
    }
}
