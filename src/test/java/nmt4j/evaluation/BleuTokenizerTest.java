package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class BleuTokenizerTest {
    @Test
    void mtevalSeparatesAsciiPunctuationButNotNumbers() {
        assertTokens("$ 5.00 , 1,000 - 2 ( U . S . ) a-b x & y", BleuTokenizer.V13A,
                "$5.00, 1,000-2 (U.S.) a-b <skipped>x &amp; y");
        assertTokens("\" a \" < b", BleuTokenizer.V13A, "&quot;a&quot; &lt;b");
    }

    @Test
    void internationalSeparatesAllPunctuationAndSymbolsOfUnicode() {
        assertTokens("« là » , 3,5 € don ' t 😀", BleuTokenizer.INTL, "«là», 3,5€ don't😀");
        assertTokens("in 1999.", BleuTokenizer.INTL, "in 1999.");
    }

    @Test
    void chineseSeparatesEachHan() {
        assertTokens("你 好 ， world . 𠮷𠮷", BleuTokenizer.ZH, "你好，world. 𠮷𠮷");
    }

    @Test
    void charSeparatesCodePoints() {
        assertTokens("a b 😀 c", BleuTokenizer.CHAR, "ab 😀c");
    }

    @Test
    void noneSplitsAtWhiteSpaceOfUnicode() {
        assertTokens("a b c d\u200be", BleuTokenizer.NONE, "\u00a0a\u2028b\u0085c\u001f\td\u200be\u3000");
    }

    private static void assertTokens(String expected, BleuTokenizer tokenizer, String line) {
        assertEquals(List.of(expected.split(" ")), tokenizer.tokenize(line));
    }
}
