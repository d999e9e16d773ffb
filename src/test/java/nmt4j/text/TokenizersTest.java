package nmt4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;

class TokenizersTest {
    /// python3 -c "print('\u00a0a b\t\u2028c\x1cd\u200be \u3000'.split())"
    @Test
    void wordsAreWhatPythonSplits() {
        var tokenizer = new WordTokenizer();
        assertEquals(List.of("a", "b", "c", "d\u200be"), tokenizer.encode("\u00a0a b\t\u2028c\u001cd\u200be \u3000"));
        assertEquals("a b", tokenizer.decode(List.of("a", "b")));
        assertEquals(List.of("</s>", "x"), tokenizer.encode("</s> x", 0.5, 1));
    }

    @Test
    void charactersAreCodePointsAndSpacesAreVisible() {
        assertEquals(List.of("a", "▁", "😀", "▁▁", "▁r"), new CharacterTokenizer().encode("a 😀▁\r"));
    }

    @Test
    void piecesKeepLettersDigitsAndPunctuationApart() {
        assertEquals(
                List.of(" Don", "'", "t", " pay", " 1", "9", ".", "9", "0", "€!?", " ", " e\u0301a", "\t", "x", "  "),
                RawPieces.of(" Don't pay 19.90€!?  e\u0301a\tx  "));
    }

    @Test
    void descriptionsGiveTheSameTokenizerAgain() {
        for (var tokenizer : List.of(new WordTokenizer(), new CharacterTokenizer(),
                new BpeTokenizer(List.of("a b", "ab c</w>"))))
            assertEquals(tokenizer.encode("abc ab"), tokenizer.description().tokenizer().encode("abc ab"));
    }

    @Test
    void aDescriptionThatIsNoneOfOursIsRefused() {
        var merge = new TokenizerDescription("bpe", List.of("a b", "abc"), List.of());
        assertEquals("tokenizer: merge 2: expected two symbols separated by a space, got 'abc'",
                assertThrows(Failure.class, merge::tokenizer).getMessage());
        assertThrows(Failure.class, new TokenizerDescription("unigram", List.of(), List.of())::tokenizer);
    }

    @Test
    void codePointsOrderAsInPython() {
        assertEquals(-1, Integer.signum(CodePointOrder.INSTANCE.compare("\uFFFD", "😀")));
        assertEquals(1, Integer.signum(CodePointOrder.INSTANCE.compare("ab", "a")));
        assertEquals(0, CodePointOrder.INSTANCE.compare("a😀", "a😀"));
    }
}
