package nmt4j.text;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// The subwords of words met before, for several threads, bounded in size: when it is full it starts anew.
final class WordCache {
    private static final int MOST_WORDS = 1 << 16;
    private static final int LONGEST_WORD = 64;

    private final ConcurrentMap<String, List<String>> subwords = new ConcurrentHashMap<>();

    List<String> get(String word, Function<String, List<String>> cut) {
        if (word.length() > LONGEST_WORD)
            return cut.apply(word);
        var known = subwords.get(word);
        if (known != null)
            return known;
        var fresh = List.copyOf(cut.apply(word));
        if (subwords.size() >= MOST_WORDS)
            subwords.clear();
        subwords.put(word, fresh);
        return fresh;
    }
}
