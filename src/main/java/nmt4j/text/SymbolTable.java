package nmt4j.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers symbols: equal texts are the same symbol, whatever they were merged from.
final class SymbolTable {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final BitSet spaced = new BitSet();         // the symbols that hold white space

    int number(String text) {
        var number = numbers.get(text);
        if (number != null)
            return number;
        numbers.put(text, texts.size());
        if (Whitespace.occursIn(text))
            spaced.set(texts.size());
        texts.add(text);
        return texts.size() - 1;
    }

    boolean hasSpace(int symbol) {
        return spaced.get(symbol);
    }

    String text(int symbol) {
        return texts.get(symbol);
    }
}
