package nmt4j.decoding;

import java.util.List;

/// A source sentence to translate.
///
/// @param number   of its line, from 1: what random numbers and messages refer to
/// @param sources  its ids for each model, without `</s>`; models may cut it into subwords differently
/// @param demands  what a translation must hold
public record Sentence(long number, List<int[]> sources, Demands demands) {
    /// For one model, or for several that read the same ids [S].
    public Sentence(long number, int[] tokens) {
        this(number, List.of(tokens), Demands.NONE);
    }

    Sentence demanding(Demands other) {
        return new Sentence(number, sources, other);
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
