package nmt4j.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCodecTest {
    private static TextCodec raw(int maxSize) {
        var lines = List.of("das Haus das Haus das Haus", "ein Haus ein Haus", "naïve naïve naïve naïve naïve");
        var tokenizer = RawBpeTokenizer.learn(lines, 50);
        var counts = new TokenCounts();
        for (var line : lines)
            counts.addAll(tokenizer.encode(line));
        return new TextCodec(tokenizer, counts.vocabulary(tokenizer.alphabet(), 2, maxSize), false);
    }

    @Test
    void withRawBpeNothingIsUnknownWhateverTheVocabulary() {
        var text = new RandomText(2);
        for (var codec : List.of(raw(10_000), raw(0)))
            for (int i = 0; i < 5_000; i++) {
                var line = i % 2 == 0 ? text.line(30) : text.words("dasHuinïve ", 6);
                int[] ids = codec.encode(line, i % 3 * 0.2, i);
                assertTrue(Arrays.stream(ids).allMatch(id -> id > Vocabulary.END));
                assertEquals(line, codec.decode(ids));
            }
    }

    @Test
    void aSubwordOutsideTheVocabularyComesApart() {
        var tokenizer = new BpeTokenizer(List.of("a b", "ab c</w>"));
        var counts = new TokenCounts();
        counts.addAll(List.of("ab@@", "c"));
        var codec = new TextCodec(tokenizer, counts.vocabulary(List.of(), 1, 100), false);
        assertEquals(List.of("ab@@", "c", "x@@", "c"), codec.subwords("abc xc"));
        assertArrayEquals(new int[] {4, 5, 0, 5}, codec.encode("abc xc"));
        assertEquals(List.of("ab@@", "c", "<unk>", "c"), codec.tokens(codec.encode("abc xc")));
    }

    @Test
    void lowerCasingIsUnicodes() {
        var counts = new TokenCounts();
        counts.addAll(List.of("straße", "ünder", "i\u0307"));
        var codec = new TextCodec(new WordTokenizer(), counts.vocabulary(List.of(), 1, 100), true);
        assertEquals("straße ünder i\u0307", codec.decode(codec.encode("Straße ÜNDER İ")));
    }

    /// Three bytes of U+2028, which is white space, are no word, though the first ones read as one.
    @Test
    void wordsAscendAndAreThoseOfTheWholeLine() {
        var codec = raw(10_000);
        for (var line : List.of("das Haus \u2028", "das \u2028 Haus", "\u2028das", "das 😀 Haus", "", " ")) {
            int[] words = codec.words(codec.subwords(line));
            int last = Math.max(0, Whitespace.words(line) - 1);
            for (int i = 1; i < words.length; i++) assertTrue(words[i - 1] <= words[i] && words[i] <= last, line);
            if (words.length > 0) assertEquals(last, words[words.length - 1], line);
        }
    }

    @Test
    void aSubwordThatTheVocabularyHasNotIsUnknown() {
        var counts = new TokenCounts();
        counts.addAll(List.of("das", "Haus"));
        var codec = new TextCodec(new WordTokenizer(), counts.vocabulary(List.of(), 1, 100), false);
        assertFalse(codec.hasUnknown(codec.encode("das Haus")));
        assertTrue(codec.hasUnknown(codec.encode("das Zebra")));
    }
}
