package nmt4j.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordVectorFileTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("v.txt"), text);
    }

    private static Map<String, float[]> read(Path file) {
        var found = new LinkedHashMap<String, float[]>();
        WordVectorFile.read(file, 2, word -> !word.equals("unwanted"), found::put);
        return found;
    }

    /// Mikolov's `word2vec` writes a space behind the last number.
    @Test
    void wordsAndNumbersAreReadAlsoWithASpaceAtTheEnd() throws IOException {
        var found = read(file("4 2\nHaus 1 -0.5\n</s> 1e-3 2 \nunwanted x y\nü -0 7\n"));
        assertEquals("[Haus, </s>, ü]", found.keySet().toString());
        assertArrayEquals(new float[] {1, -0.5f}, found.get("Haus"));
        assertArrayEquals(new float[] {0.001f, 2}, found.get("</s>"));
        assertEquals(0, read(file("0 2\n")).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '"', value = {
            "\"\" | \": empty, expected word vectors in word2vec's text format\"",
            "the 0.1 0.2 | \": line 1: 'the 0.1 0.2', expected the number of words and the size\"",
            "1 3;a 1 2 3 | \": line 1: vectors of 3 numbers, expected 2, the size of the model's\"",
            "99999999999999999 2 | \": line 1: '99999999999999999 2', expected the number of words\"",
            "2 2;a 1 2 | \": 1 words, but line 1 says 2\"",
            "1 2;a 1 2;b 1 2 | \": line 3: a word more than the 1 of line 1\"",
            "1 2;a 1 | \": line 2: 1 numbers behind the word, expected 2\"",
            "1 2;a 1 2 3 | \": line 2: 3 numbers behind the word, expected 2\"",
            "1 2;a  1 2 | \": line 2: 3 numbers behind the word, expected 2\"",
            "1 2;a | \": line 2: 'a', expected a word and 2 numbers\"",
            "1 2; 1 2 | \": line 2: ' 1 2', expected a word and 2 numbers\"",
            "1 2;a\t1\t2 | \": line 2: 'a\t1\t2', expected a word and 2 numbers\"",
            "1 2;a 1 zwei | \": line 2: 'zwei', expected a finite number\"",
            "1 2;a 1 NaN | \": line 2: 'NaN', expected a finite number\"",
            "1 2;a 1 1e99 | \": line 2: '1e99', expected a finite number\"",
            "1 2;a 1 | \": line 2: 1 numbers behind the word, expected 2\"",
            "1 2;;a 1 2 | \": line 2: '', expected a word and 2 numbers\""})
    void whatIsNotThisFormatIsOneLineWithFileAndLine(String text, String message) throws IOException {
        var file = file(text == null ? "" : text.replace(';', '\n'));
        var told = assertThrows(Failure.class, () -> read(file)).getMessage();
        assertEquals(file + message, told.substring(0, Math.min(told.length(), (file + message).length())));
        assertEquals(1, told.lines().count());
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        var file =
                Files.write(folder.resolve("v.bin"), new byte[] {'1', ' ', '2', '\n', (byte) 0xFE, ' ', '1', ' ', '2'});
        assertEquals(file + ": line 2: byte 1: invalid UTF-8 (0xFE)",
                assertThrows(Failure.class, () -> read(file)).getMessage());
    }
}
