package nmt4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `char` and `rawBpe` promise for any line.
class LosslessTokenizersTest {
    private static final List<String> ODD_LINES =
            List.of("", " ", "  ", " a", "a ", "a  b", "\t", "a\tb", "\0", "\r", "a\r",
                    "\u0085", "\u2028", "\ufeffx", "▁", "a▁b ▁", "▁▁r", "<s> </s> <unk> <pad>", "<0x41><0x0A>",
                    "@@ a@@ b", "1 234,5",
                    "e\u0301", "👩‍👩‍👧 👍🏽", "שלום עולם", "\uffff\ufffd", "10\u00a0km", "x".repeat(300),
                    " ".repeat(300), "! ".repeat(100));

    static Stream<Tokenizer> tokenizers() {
        var lines = List.of("low low low lower newest 10 km ▁ ▁ ▁ ▁ ▁ ▁",
                "\t\t\t\t\t\t \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0  !! !! !! !! !! !!",
                "naïve naïve naïve naïve naïve 😀😀 😀😀 😀😀    a    a    a    a    a    a");
        return Stream.of(new CharacterTokenizer(), RawBpeTokenizer.learn(lines, 100),
                RawBpeTokenizer.learn(List.of(), 100),
                RawBpeTokenizer.learn(lines, 5).description().tokenizer());
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void oddLinesComeBack(Tokenizer tokenizer) {
        for (var line : ODD_LINES)
            assertComesBack(tokenizer, line);
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void randomLinesComeBack(Tokenizer tokenizer) {
        var text = new RandomText(1);
        for (int i = 0; i < 20_000; i++)
            assertComesBack(tokenizer, text.line(i % 40));
        for (int i = 0; i < 5_000; i++)
            assertComesBack(tokenizer, text.words("lowernstïkm▁ !😀", 8));
    }

    private static void assertComesBack(Tokenizer tokenizer, String line) {
        assertEquals(line, tokenizer.decode(tokenizer.encode(line)));
        assertEquals(line, tokenizer.decode(tokenizer.encode(line, 0.3, line.length())));
        assertEquals(line, tokenizer.decode(printedAndRead(tokenizer.encode(line))));
    }

    private static List<String> printedAndRead(List<String> subwords) {
        for (var subword : subwords)
            assertFalse(subword.isEmpty() || subword.chars().anyMatch(c -> c == ' ' || c == '\r' || c == '\n'),
                    subword);
        return subwords.isEmpty() ? List.of() : List.of(String.join(" ", subwords).split(" "));
    }
}
