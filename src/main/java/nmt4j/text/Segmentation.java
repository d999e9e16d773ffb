package nmt4j.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// How a line becomes subwords piece by piece, with dropout or without; without, pieces met before are remembered.
final class Segmentation {
    private final Function<String, List<String>> pieces;
    private final BiFunction<String, Noise, List<String>> cut;
    private final WordCache cache = new WordCache();

    /// @param pieces  cuts a line into what no merge crosses
    /// @param cut     cuts such a piece into subwords
    Segmentation(Function<String, List<String>> pieces, BiFunction<String, Noise, List<String>> cut) {
        this.pieces = pieces;
        this.cut = cut;
    }

    List<String> of(String line) {
        var subwords = new ArrayList<String>();
        for (var piece : pieces.apply(line)) subwords.addAll(cache.get(piece, key -> cut.apply(key, Noise.NONE)));
        return subwords;
    }

    /// The same with BPE-dropout, a function of the line and `key`, see [Tokenizer#encode(String, double, long)].
    List<String> of(String line, double dropout, long key) {
        if (dropout <= 0) return of(line);
        var noise = new Noise(dropout, key);
        var subwords = new ArrayList<String>();
        for (var piece : pieces.apply(line)) subwords.addAll(cut.apply(piece, noise));
        return subwords;
    }
}
