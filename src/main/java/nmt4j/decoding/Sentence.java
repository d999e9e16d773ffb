package nmt4j.decoding;

/// A source sentence to translate.
///
/// @param number  of its line, from 1: what random numbers and messages refer to
/// @param tokens  ids, without `</s>` [S]
public record Sentence(long number, int[] tokens) {
    /// S.
    int length() {
        return tokens.length;
    }
}
