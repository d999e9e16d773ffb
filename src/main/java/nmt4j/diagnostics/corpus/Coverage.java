package nmt4j.diagnostics.corpus;

import java.nio.file.Path;
import nmt4j.text.LineReader;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;
import nmt4j.text.Whitespace;

/// How well a vocabulary covers a text.
///
/// @param words     whitespace tokens
/// @param subwords  what the tokeniser makes of them
/// @param unknown   subwords that the vocabulary has not
public record Coverage(long lines, long words, long subwords, long unknown) {
    /// @param limit  look at no more lines
    public static Coverage of(TextCodec codec, Path file, long limit) {
        long words = 0;
        long subwords = 0;
        long unknown = 0;
        try (var lines = LineReader.lenient(file)) {
            while (lines.number() < limit && lines.advance()) {
                words += Whitespace.words(lines.line());
                int[] ids = codec.encode(lines.line());
                subwords += ids.length;
                for (int id : ids) unknown += id == Vocabulary.UNKNOWN ? 1 : 0;
            }
            return new Coverage(lines.number(), words, subwords, unknown);
        }
    }

    /// The share of subwords that are unknown, from 0 to 1.
    public double unknownRate() {
        return subwords == 0 ? 0 : unknown / (double) subwords;
    }

    /// Subwords a word.
    public double fertility() {
        return words == 0 ? 0 : subwords / (double) words;
    }
}
