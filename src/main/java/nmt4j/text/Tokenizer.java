package nmt4j.text;

import java.util.List;

/// How a line is cut into subwords, and how subwords become a line again.
///
/// Subwords are non-empty and hold no U+0020, LF or CR: a list of them can be printed on one line, separated by spaces,
/// and read back. All tokenizers are immutable to the outside and may be called by several threads at once.
public sealed interface Tokenizer permits WordTokenizer, CharacterTokenizer, BpeTokenizer, RawBpeTokenizer {
    /// The subwords of one line (which holds no LF).
    List<String> encode(String line);

    /// The same with BPE-dropout (Provilkov, Emelianenko & Voita 2020): each merge is left out with probability
    /// `dropout`, anew at each step. All randomness is a function of `key`, the line and the position in it: the same
    /// key, the same subwords. Without merges there is nothing to leave out.
    default List<String> encode(String line, double dropout, long key) {
        return encode(line);
    }

    /// The line that these subwords spell. Any subwords are accepted, also those that no line would give.
    String decode(List<String> subwords);

    /// The two subwords that were merged into this one, or none: what a subword outside a vocabulary can be replaced
    /// by.
    default List<String> parts(String subword) {
        return List.of();
    }

    /// The subwords that a vocabulary must have, whatever their counts, for this tokenizer to keep its promises.
    default List<String> alphabet() {
        return List.of();
    }

    /// All that is needed to make the same tokenizer again.
    TokenizerDescription description();
}
