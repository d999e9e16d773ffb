package nmt4j.decoding;

import java.util.List;

/// A source sentence to translate.
///
/// @param number   of its line, from 1: what random numbers and messages refer to
/// @param sources  its ids for each model, without `</s>`; models may cut it into subwords differently
/// @param demands  what a translation must hold
/// @param text     the sentence itself, for those who look back at its words
public record Sentence(long number, List<int[]> sources, Demands demands, String text) {
    Sentence(long number, List<int[]> sources, Demands demands) {
        this(number, sources, demands, "");
    }

    /// For one model, or for several that read the same ids [S].
    public Sentence(long number, int[] tokens) {
        this(number, List.of(tokens), Demands.NONE);
    }

    Sentence demanding(Demands other) {
        return new Sentence(number, sources, other, text);
    }

    /// The first model's ids.
    int[] tokens() {
        return sources.getFirst();
    }

    /// S.
    int length() {
        return tokens().length;
    }
}
