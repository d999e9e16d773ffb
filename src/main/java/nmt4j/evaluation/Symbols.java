package nmt4j.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers words in the order of their first appearance, so that equal words have equal numbers.
final class Symbols {
    private final Map<String, Integer> numbers = new HashMap<>();

    int[] of(List<String> words) {
        var symbols = new int[words.size()];
        for (int i = 0; i < symbols.length; i++)
            symbols[i] = numbers.computeIfAbsent(words.get(i), _ -> numbers.size());
        return symbols;
    }
}
