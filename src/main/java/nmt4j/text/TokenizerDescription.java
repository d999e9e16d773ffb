package nmt4j.text;

import java.util.List;
import java.util.Objects;
import nmt4j.Failure;

/// A tokenizer as plain data, for a model's metadata: `new TokenizerDescription(…).tokenizer()` is the same tokenizer
/// again.
///
/// @param type      word, char, bpe or rawBpe
/// @param merges    the merges in order, each `left right` as in subword-nmt's codes; empty without BPE
/// @param alphabet  the characters that `rawBpe` does not spell as bytes; empty for the others
public record TokenizerDescription(String type, List<String> merges, List<String> alphabet) {
    public TokenizerDescription {
        Objects.requireNonNull(type, "type");
        merges = List.copyOf(merges);
        alphabet = List.copyOf(alphabet);
    }

    /// The tokenizer described.
    ///
    /// @throws Failure if the type or a merge is not one that nmt4j writes
    public Tokenizer tokenizer() {
        for (int i = 0; i < merges.size(); i++)
            if (!Merges.isPair(merges.get(i)))
                throw Failure
                        .mistake("tokenizer: merge " + (i + 1) + ": expected two symbols separated by a space, got '"
                                + CodesFile.shortened(merges.get(i)) + "'");
        return switch (type) {
            case "word" -> new WordTokenizer();
            case "char" -> new CharacterTokenizer();
            case "bpe" -> new BpeTokenizer(merges);
            case "rawBpe" -> new RawBpeTokenizer(merges, alphabet);
            default -> throw Failure.mistake("tokenizer: unknown type '" + type + "' (word, char, bpe, rawBpe)");
        };
    }
}
