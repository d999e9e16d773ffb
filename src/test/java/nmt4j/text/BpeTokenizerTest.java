package nmt4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;
import nmt4j.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BpeTokenizerTest {
    private static final String WORDS = "low low low low low lower lower newest newest newest newest newest newest "
            + "widest widest widest";

    @TempDir
    Path folder;

    /// `subword-nmt learn-bpe -s 6` on these words, close to figure 1 of Sennrich, Haddow & Birch 2016; of pairs
    /// equally frequent the last one wins.
    @Test
    void learnsFromTheWordsOfThePaper() {
        assertEquals(List.of("s t</w>", "e st</w>", "l o", "w est</w>", "n e", "ne west</w>"),
                BpeTokenizer.learn(List.of(WORDS), 6).description().merges());
    }

    @Test
    void learnsAndAppliesAsTheReferenceDoesOnItsOwnTestCorpus() throws IOException {
        var golden = SharedFiles.require("golden/bpe");
        var learnt = BpeTokenizer.learn(new Lines(List.of(golden.resolve("corpus.en"))), 1000);
        Files.writeString(folder.resolve("codes"), learnt.codes());
        assertEquals(Files.readString(golden.resolve("bpe.ref")), Files.readString(folder.resolve("codes")));
        assertSegments(learnt, golden.resolve("corpus.en"), golden.resolve("corpus.bpe.ref.en"));
    }

    @Test
    void learnsAndAppliesAsTheReferenceDoesOnMulti30k() throws IOException {
        var data = SharedFiles.require("data/multi30k-tok");
        var learnt = BpeTokenizer.learn(new Lines(List.of(data.resolve("train.de"), data.resolve("train.en"))), 8000);
        Files.writeString(folder.resolve("codes"), learnt.codes());
        assertEquals(-1, Files.mismatch(data.resolve("codes"), folder.resolve("codes")));
        var read = BpeTokenizer.read(data.resolve("codes"));
        assertSegments(read, data.resolve("train.de"), data.resolve("train.bpe.de"));
        assertSegments(read, data.resolve("train.en"), data.resolve("train.bpe.en"));
    }

    private static void assertSegments(Tokenizer tokenizer, Path text, Path expected) {
        var got = new ArrayList<String>();
        for (var line : new Lines(List.of(text)))
            got.add(String.join(" ", tokenizer.encode(line)));
        var want = new ArrayList<String>();
        for (var line : new Lines(List.of(expected)))
            want.add(line.replaceAll("^ +| +\\z", ""));
        assertEquals(want, got);
    }

    /// Characters that subword-nmt's own search takes for white space, its end of word in the text, planes beyond the
    /// first, and words with much repetition: `odd.codes` is `subword-nmt learn-bpe -s 400 < odd.txt`, `odd.bpe` is
    /// `subword-nmt apply-bpe -c odd.codes < odd.txt` with lines split at LF only and without spaces at their ends.
    @Test
    void learnsAndAppliesAsTheReferenceDoesOnOddText() throws Exception {
        var resources = Path.of(BpeTokenizerTest.class.getResource("odd.txt").toURI()).getParent();
        var learnt = BpeTokenizer.learn(new Lines(List.of(resources.resolve("odd.txt"))), 400);
        Files.writeString(folder.resolve("codes"), learnt.codes());
        assertEquals(Files.readString(resources.resolve("odd.codes")), Files.readString(folder.resolve("codes")));
        assertSegments(learnt, resources.resolve("odd.txt"), resources.resolve("odd.bpe"));
    }

    @Test
    void onlySpacesSeparateWords() {
        var tokenizer = new BpeTokenizer(List.of("a b"));
        assertEquals(List.of("ab@@", "\t@@", "\u00a0@@", "\u2028@@", "c", "d"),
                tokenizer.encode("  ab\t\u00a0\u2028c  d "));
        assertEquals(List.of(), tokenizer.encode("   "));
        assertEquals(List.of("😀@@", "x"), tokenizer.encode("😀x"));
    }

    @Test
    void decodingGivesTheWordsBack() {
        var tokenizer = BpeTokenizer.learn(List.of(WORDS), 4);
        assertEquals("slower newest 😀ss", tokenizer.decode(tokenizer.encode("  slower newest  😀ss ")));
        assertEquals("", tokenizer.decode(List.of()));
        assertEquals("open", tokenizer.decode(List.of("o@@", "pen@@")));
    }

    @Test
    void withoutDropoutNothingChangesAndWithFullDropoutNothingIsMerged() {
        var tokenizer = BpeTokenizer.learn(List.of(WORDS), 20);
        assertEquals(tokenizer.encode(WORDS), tokenizer.encode(WORDS, 0, 1));
        assertEquals(List.of("l@@", "o@@", "w", "n@@", "e@@", "w"), tokenizer.encode("low new", 1, 1));
    }

    @Test
    void dropoutIsAFunctionOfTheKey() {
        var tokenizer = BpeTokenizer.learn(List.of(WORDS), 20);
        assertEquals(tokenizer.encode(WORDS, 0.5, 7), tokenizer.encode(WORDS, 0.5, 7));
        assertNotEquals(tokenizer.encode(WORDS, 0.5, 7), tokenizer.encode(WORDS, 0.5, 8));
        for (long key = 0; key < 100; key++)
            assertEquals(WORDS, tokenizer.decode(tokenizer.encode(WORDS, 0.3, key)));
    }

    /// With one merge a pair stays with the probability 1 − p; of 10,000 the share is within 4 standard deviations.
    @Test
    void dropoutLeavesMergesOutAsOftenAsAsked() {
        var tokenizer = new BpeTokenizer(List.of("a b</w>"));
        int merged = 0;
        for (long key = 0; key < 10_000; key++)
            merged += 2 - tokenizer.encode("ab", 0.1, key).size();
        assertEquals(9000, merged, 4 * Math.sqrt(10_000 * 0.1 * 0.9));
    }

    /// Half a million characters without a space; the expected cut is that of `subword-nmt apply-bpe`.
    @Test
    void aVeryLongWordIsCut() {
        var tokenizer = new BpeTokenizer(List.of("a a", "aa aa", "b a", "ba aaaa"));
        var word = "baaaaaaaab".repeat(50_000);
        assertEquals(word, tokenizer.decode(tokenizer.encode(word)));
        assertEquals(List.of("b@@", "aaaa@@", "aaaa@@", "a@@", "b"), tokenizer.encode("baaaaaaaaab"));
    }

    @Test
    void overlappingPairsAreMergedFromTheLeft() {
        assertEquals(List.of("xx@@", "xx@@", "x"), new BpeTokenizer(List.of("x x")).encode("xxxxx"));
    }

    @Test
    void aSubwordComesApartAsItWasMerged() {
        var tokenizer = new BpeTokenizer(List.of("a b", "ab c</w>", "ab d"));
        assertEquals(List.of("ab@@", "c"), tokenizer.parts("abc"));
        assertEquals(List.of("ab@@", "d@@"), tokenizer.parts("abd@@"));
        assertEquals(List.of(), tokenizer.parts("abd"));
        assertEquals(List.of(), tokenizer.parts("a@@"));
    }

    @Test
    void learningFromNothingGivesNoMerges() {
        assertEquals(List.of(), BpeTokenizer.learn(List.of(), 10).description().merges());
        assertEquals(List.of(), BpeTokenizer.learn(List.of("a b c", ""), 10).description().merges());
        assertEquals(List.of(), BpeTokenizer.learn(List.of("ab cd"), 10).description().merges());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b\n", "#version: 0.1\na b\n"})
    void codesOfAnotherVersionAreRefused(String text) throws IOException {
        var file = Files.writeString(folder.resolve("codes"), text);
        var failure = assertThrows(Failure.class, () -> BpeTokenizer.read(file));
        assertTrue(failure.getMessage().startsWith(file + ": line 1: expected '#version: 0.2'"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b c", "ab", "a  b"})
    void aLineThatIsNoMergeIsNamed(String line) throws IOException {
        var file = Files.writeString(folder.resolve("codes"), "#version: 0.2\na b\n" + line + "\n");
        var failure = assertThrows(Failure.class, () -> BpeTokenizer.read(file));
        assertEquals(file + ": line 3: expected two symbols separated by a space, got '" + line + "'",
                failure.getMessage());
    }

    /// In a string of the JDK each of these characters counts as two.
    @ParameterizedTest
    @ValueSource(ints = {25, 40})
    void aMessageShowsUpToFortyCharactersOfALine(int length) throws IOException {
        var file = Files.writeString(folder.resolve("codes"), "#version: 0.2\n" + "😀".repeat(length) + "\n");
        var failure = assertThrows(Failure.class, () -> BpeTokenizer.read(file));
        assertTrue(failure.getMessage().endsWith("got '" + "😀".repeat(length) + "'"), failure.getMessage());
        Files.writeString(file, "#version: 0.2\n" + "😀".repeat(41) + "\n");
        failure = assertThrows(Failure.class, () -> BpeTokenizer.read(file));
        assertTrue(failure.getMessage().endsWith("got '" + "😀".repeat(40) + "…'"), failure.getMessage());
    }

    @Test
    void emptyLinesAtTheEndOfCodesAreAccepted() throws IOException {
        var file = Files.writeString(folder.resolve("codes"), "#version: 0.2\r\na b\r\n\r\n\n");
        assertEquals(List.of("a b"), BpeTokenizer.read(file).description().merges());
    }
}
