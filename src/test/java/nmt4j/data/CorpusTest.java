package nmt4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import nmt4j.Failure;
import nmt4j.SharedFiles;
import nmt4j.config.CorpusConfig;
import nmt4j.text.WordTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusTest {
    @TempDir
    Path folder;

    @Test
    void emptyAndOverlongPairsAreLeftOutAndCounted() {
        var files = TinyCorpus.in(folder)
                .with("a b\r\n\n  \nc d e\nf\n", "A\nB\nC\nD\nF unseen G H\n")
                .with("a unseen\na\n", "A\nA B C\n");
        try (var corpus = files.read(3)) {
            assertEquals(new CorpusStatistics(7, 4, 2, 1, 1,
                    new CorpusStatistics.Side(8, 1, 3), new CorpusStatistics.Side(6, 0, 3)), corpus.statistics());
            assertEquals(4, corpus.size());
            assertEquals(0.125, corpus.statistics().source().unknownRate());
        }
    }

    @Test
    void gzippedFilesGiveTheSameCorpus() throws IOException {
        var plain = TinyCorpus.in(folder).withRandom(500, 3);
        var source = folder.resolve("0.de.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(source))) {
            Files.copy(plain.files().getFirst().source(), out);
        }
        var zipped = new TinyCorpus(folder, List.of(new CorpusConfig(source, plain.files().getFirst().target())));
        var codec = plain.codec(new WordTokenizer());
        var expected = ValidationSet.read(plain.files().getFirst(), codec, codec);
        assertEquals(expected.sources(), ValidationSet.read(zipped.files().getFirst(), codec, codec).sources());
    }

    @Test
    void theFingerprintIsThatOfThePairs() {
        var files = TinyCorpus.in(folder).withRandom(100, 3);
        try (var first = files.read(); var again = files.read(); var other = files.read(20)) {
            assertEquals(first.fingerprint(), again.fingerprint());
            assertNotEquals(first.fingerprint(), other.fingerprint());
        }
    }

    @Test
    void nothingIsLeftInTheFolder() throws IOException {
        TinyCorpus.in(folder).withRandom(10, 3).read().close();
        try (var left = Files.list(folder.resolve("cache"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void anEmptyCorpusIsAMistakeThatSaysWhy() {
        var files = TinyCorpus.in(folder).with("\na a a\n", "b\nb\n");
        assertEquals(folder.resolve("0.de") + ", " + folder.resolve("0.en")
                + ": no pair of sentences to train on: 2 read, 1 with an empty side, 1 longer than data.maxLength 2",
                assertThrows(Failure.class, () -> files.read(2)).getMessage());
    }

    @Test
    void bytesThatAreNotUtf8AreNamedByFileAndLine() throws IOException {
        var files = TinyCorpus.in(folder).with("a\nb\nc\n", "a\nb\nc\n");
        var codec = files.codec(new WordTokenizer());
        Files.write(folder.resolve("0.en"), new byte[] {'a', '\n', 'b', (byte) 0xC3, '\n', 'c', '\n'});
        var message = assertThrows(Failure.class, () -> ValidationSet.read(files.files().getFirst(), codec, codec))
                .getMessage();
        assertTrue(message.startsWith(folder.resolve("0.en") + ": line 2: "), message);
    }

    @Test
    void unequalLineCountsNameBothFilesAndCounts() {
        var files = TinyCorpus.in(folder).with("a\nb\nc\n", "a\nb\n");
        assertEquals(folder.resolve("0.de") + ": 3 lines, but " + folder.resolve("0.en") + " has 2",
                assertThrows(Failure.class, files::read).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"source, 5000", "target, 5000", "source, 37", "target, 28000"})
    void theFirstShiftedPairOfARealCorpusIsFound(String side, int lost) throws IOException {
        var source = new ArrayList<>(Files.readAllLines(SharedFiles.require("data/multi30k/train.de")));
        var target = new ArrayList<>(Files.readAllLines(SharedFiles.require("data/multi30k/train.en")));
        (side.equals("source") ? source : target).remove(lost - 1);
        var message = assertThrows(Failure.class, TinyCorpus.in(folder).with(source, target)::read).getMessage();
        var guess = message.replaceAll("^.*first pair that looks shifted is line ", "").replace(",", "");
        assertTrue(guess.matches("\\d+"), message);
        assertEquals(lost, Integer.parseInt(guess), 12, message);
    }

    @Test
    void linesMissingAtTheEndShiftNothing() throws IOException {
        var source = Files.readAllLines(SharedFiles.require("data/multi30k/train.de")).subList(0, 3000);
        var target = Files.readAllLines(SharedFiles.require("data/multi30k/train.en")).subList(0, 2990);
        assertTrue(assertThrows(Failure.class, TinyCorpus.in(folder).with(source, target)::read).getMessage()
                .endsWith("has 2,990"));
    }

    @Test
    void aValidationSetKeepsAllLinesInOrder() {
        var files = TinyCorpus.in(folder).with("a b\n\nc\n", "A\nB  B\n" + "C ".repeat(200) + "\n");
        var codec = files.codec(new WordTokenizer());
        var set = ValidationSet.read(files.files().getFirst(), codec, codec);
        assertEquals(List.of("a b", "", "c"), set.sources());
        assertEquals("B  B", set.references().get(1));
        assertEquals(0, set.sourceIds().get(1).length);
        assertEquals(200, set.targetIds().get(2).length);
        var batches = set.batches(10);
        assertEquals(List.of(List.of(2), List.of(1, 0)), batches.stream().map(Batch::pairs).toList());
        assertEquals(201, batches.getFirst().targetTokens());
    }

    @Test
    void numbersOfAnySizeComeBackFromTheCache() {
        var random = new Random(5);
        var numbers = random.ints(1000, 0, Integer.MAX_VALUE).map(i -> i >>> random.nextInt(31)).toArray();
        var packed = new VarInts(1);
        for (int number : numbers) packed.put(number);
        assertArrayEquals(numbers, VarInts.decode(packed.toBytes()));
    }
}
