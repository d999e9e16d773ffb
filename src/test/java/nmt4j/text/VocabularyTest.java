package nmt4j.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
    @TempDir
    Path folder;

    private static TokenCounts counts(String text) {
        var counts = new TokenCounts();
        counts.addAll(new WordTokenizer().encode(text));
        return counts;
    }

    @Test
    void idsGoByDescendingCountThenByCodePoints() {
        var vocabulary = counts("b 😀 c \uFFFD c a c b").vocabulary(List.of(), 1, 100);
        assertEquals(List.of("<unk>", "<pad>", "<s>", "</s>", "c", "b", "a", "\uFFFD", "😀"), vocabulary.tokens());
        assertEquals(5, vocabulary.id("b"));
        assertEquals("b", vocabulary.token(5));
        assertEquals(Vocabulary.UNKNOWN, vocabulary.id("z"));
    }

    @Test
    void rareTokensAndThoseBeyondTheSizeAreLeftOutButNotTheAlphabet() {
        assertEquals(List.of("c", "b"), counts("b c c a c b").vocabulary(List.of(), 2, 100).tokens().subList(4, 6));
        assertEquals(6, counts("b c c a c b").vocabulary(List.of("x", "y"), 1, 5).size());
        assertEquals(List.of("x", "a", "c"),
                counts("b c c a c b").vocabulary(List.of("x", "a"), 1, 7).tokens().subList(4, 7));
    }

    @Test
    void aTextThatSpellsASpecialEntryIsText() {
        var vocabulary = counts("</s> </s> <unk> x").vocabulary(List.of(), 1, 100);
        assertEquals(List.of("</s>", "<unk>", "x"), vocabulary.tokens().subList(4, 7));
        assertEquals(4, vocabulary.id("</s>"));
        assertEquals(Vocabulary.UNKNOWN, vocabulary.id("<s>"));
        assertFalse(vocabulary.contains("<pad>"));
        var codec = new TextCodec(new WordTokenizer(), vocabulary, false);
        assertArrayEquals(new int[] {4, 6, 5, 0}, codec.encode("</s> x <unk> <s>"));
        assertEquals("</s> x <unk> <unk>", codec.decode(codec.encode("</s> x <unk> <s>")));
        assertEquals("x", codec.decode(new int[] {2, 6, 3, 1, 1}));
    }

    @Test
    void aWrittenVocabularyReadsBackTheSame() throws IOException {
        var vocabulary = counts("</s> </s> <unk> x\u0085 é 12").vocabulary(List.of("\t12", "<0x00>"), 1, 100);
        Files.writeString(folder.resolve("vocabulary"), vocabulary.lines());
        assertEquals(vocabulary, Vocabulary.read(folder.resolve("vocabulary")));
        assertEquals(vocabulary, Vocabulary.of(vocabulary.tokens()));
    }

    @Test
    void listsWithAndWithoutCountsAndSpecialEntriesAreRead() throws IOException {
        var expected = List.of("<unk>", "<pad>", "<s>", "</s>", "the", "a@@");
        for (var text : List.of("the\na@@", "the 12\na@@ 3\n", "<unk>\n<pad>\n<s>\n</s>\nthe\na@@\n",
                "<s>\r\n<pad>\r\n</s>\r\n<unk>\r\nthe 5\r\na@@ 5\r\n", "\uFEFFthe\na@@\n"))
            assertEquals(expected, Vocabulary.read(Files.writeString(folder.resolve("list"), text)).tokens());
        var text = Files.writeString(folder.resolve("list"), "the\n</s>\n<s>\n");
        assertEquals(List.of("the", "</s>", "<s>"), Vocabulary.read(text).tokens().subList(4, 7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "a\\nb\\na\\n         | line 3: 'a' stands in line 1 already",
            "a\\n\\nb\\n          | line 2: empty, expected a subword",
            "a 3\\nb c d\\n       | line 2: expected a subword, or a subword and its count, got 'b c d'",
            "a 3\\nb -1\\n        | line 2: expected a subword, or a subword and its count, got 'b -1'",
            "a\\n' 'b\\n          | line 2: expected a subword, or a subword and its count, got ' b'"})
    void aWrongLineIsNamed(String text, String message) throws IOException {
        var file = Files.writeString(folder.resolve("list"), text.replace("\\n", "\n").replace("' '", " "));
        var failure = assertThrows(Failure.class, () -> Vocabulary.read(file));
        assertEquals(file + ": " + message, failure.getMessage());
    }

    @Test
    void anotherEncodingIsNamed() throws IOException {
        var file = Files.write(folder.resolve("list"), "ab\nüb\n".getBytes(StandardCharsets.ISO_8859_1));
        var failure = assertThrows(Failure.class, () -> Vocabulary.read(file));
        assertEquals(file + ": line 2: byte 1: invalid UTF-8 (0xFC)", failure.getMessage());
    }

    @Test
    void entriesThatAreNoVocabularyAreABug() {
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(List.of("a", "b")));
        assertThrows(IllegalArgumentException.class,
                () -> Vocabulary.of(List.of("<unk>", "<pad>", "<s>", "</s>", "a", "a")));
    }

    @Test
    void aBoundedTableForgetsTheRarestOnly() {
        var counts = new TokenCounts(100);
        for (int i = 0; i < 10_000; i++) {
            counts.add("often" + i % 20);
            counts.add("once" + i);
            assertTrue(counts.size() <= 100);
        }
        assertTrue(counts.forgotten() > 0);
        for (var entry : counts.entries().subList(0, 20)) {
            assertTrue(entry.token().startsWith("often"), entry.token());
            assertTrue(entry.count() > 400, () -> "" + entry.count());
        }
    }
}
