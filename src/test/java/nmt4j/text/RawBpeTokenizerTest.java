package nmt4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawBpeTokenizerTest {
    private static final String LINE = "The lower house, the newer house: 1999 lower houses.";
    private static final List<String> LINES = List.of(LINE, LINE, LINE, LINE, LINE);
    private static final RawBpeTokenizer TOKENIZER = RawBpeTokenizer.learn(LINES, 200);

    @TempDir
    Path folder;

    @Test
    void learntWordsAreWholeWithTheSpaceBeforeThem() {
        assertEquals(
                List.of("▁The", "▁lower", "▁house", ",", "▁the", "▁newer", "▁house", ":", "▁1", "9", "9", "9", "▁lower",
                        "▁houses", "."),
                TOKENIZER.encode(LINE));
    }

    @Test
    void theFirstWordOfALineIsTheSameSubwordAsElsewhere() {
        assertEquals(List.of("▁house"), TOKENIZER.encode("house"));
        assertEquals(List.of("▁", "▁house", "▁"), TOKENIZER.encode(" house "));
        assertEquals(List.of(), TOKENIZER.encode(""));
    }

    @Test
    void unknownCharactersAndTheSpaceMarkAreBytes() {
        assertEquals(List.of("▁", "<0xC3>", "<0xBC>"), TOKENIZER.encode("ü"));
        assertEquals(List.of("▁", "<0xE2>", "<0x96>", "<0x81>"), TOKENIZER.encode("▁"));
        assertEquals(List.of("▁", "<0x09>", "<0x00>"), TOKENIZER.encode("\t\0"));
    }

    @Test
    void bytesThatAreNotUtf8BecomeReplacementCharacters() {
        assertEquals("a\uFFFD b", TOKENIZER.decode(List.of("▁a", "<0xC3>", "▁b")));
        assertEquals("\uFFFD\uFFFD", TOKENIZER.decode(List.of("<0xFF>", "<0x80>")));
        assertEquals("ü", TOKENIZER.decode(List.of("▁", "<0xC3>", "<0xBC>")));
    }

    @Test
    void theAlphabetHasAllBytesButLf() {
        var alphabet = TOKENIZER.alphabet();
        assertEquals(255, alphabet.stream().filter(subword -> subword.matches("<0x[0-9A-F]{2}>")).count());
        assertFalse(alphabet.contains("<0x0A>"));
        assertTrue(alphabet.containsAll(List.of("▁", "T", "9", ".")));
        assertEquals(alphabet.size(), alphabet.stream().distinct().count());
    }

    @Test
    void fullDropoutGivesCharacters() {
        assertEquals(List.of("▁", "l", "o", "w", "▁", "9"), TOKENIZER.encode("low 9", 1, 3));
        assertEquals(TOKENIZER.encode(LINE, 0.5, 3), TOKENIZER.encode(LINE, 0.5, 3));
        assertNotEquals(TOKENIZER.encode(LINE, 0.5, 3), TOKENIZER.encode(LINE, 0.5, 4));
    }

    @Test
    void aWrittenTokenizerReadsBackTheSame() throws IOException {
        Files.writeString(folder.resolve("codes"), TOKENIZER.codes());
        assertEquals(TOKENIZER.description(), RawBpeTokenizer.read(folder.resolve("codes")).description());
        assertEquals(TOKENIZER.description(), TOKENIZER.description().tokenizer().description());
    }

    @Test
    void aTokenizerWhoseCharactersAreAllRareReadsBackTheSame() throws IOException {
        var tokenizer = RawBpeTokenizer.learn(List.of("rare"), 10);
        assertEquals(List.of(), tokenizer.description().alphabet());
        Files.writeString(folder.resolve("codes"), tokenizer.codes());
        assertEquals(tokenizer.description(), RawBpeTokenizer.read(folder.resolve("codes")).description());
    }

    @Test
    void codesWithoutALineOfCharactersAreRefused() throws IOException {
        var file = Files.writeString(folder.resolve("codes"), "#nmt4j rawBpe 1\n");
        var failure = assertThrows(Failure.class, () -> RawBpeTokenizer.read(file));
        assertEquals(file + ": ends after line 1, expected 2 lines before the merges", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a a", "ab", "a  b", "▁ a", "a \u0007", "<0x41>"})
    void whatIsNoListOfCharactersIsRefused(String line) throws IOException {
        var file = Files.writeString(folder.resolve("codes"), "#nmt4j rawBpe 1\n" + line + "\n");
        var failure = assertThrows(Failure.class, () -> RawBpeTokenizer.read(file));
        assertTrue(failure.getMessage().startsWith(file + ": line 2: '"), failure.getMessage());
    }
}
