package nmt4j.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Cuts sentences into batches of similar length, long ones first.
final class Batching {
    private Batching() {}

    /// @param budget  the most source tokens of a batch, `</s>` counted; a longer sentence is a batch by itself
    static <T extends Sized> List<List<T>> cut(List<T> sentences, int budget) {
        var sorted = new ArrayList<>(sentences);
        sorted.sort(Comparator.comparingInt(Sized::length).reversed()); // stable
        var batches = new ArrayList<List<T>>();
        int begin = 0;
        long tokens = 0;
        for (int i = 0; i < sorted.size(); i++) {
            tokens += sorted.get(i).length() + 1;
            if (tokens > budget && i > begin) {
                batches.add(sorted.subList(begin, i));
                begin = i;
                tokens = sorted.get(i).length() + 1;
            }
        }
        if (begin < sorted.size()) batches.add(sorted.subList(begin, sorted.size()));
        return batches;
    }

    /// What has a length in tokens.
    interface Sized {
        int length();
    }
}
