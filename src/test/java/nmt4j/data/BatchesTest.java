package nmt4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import nmt4j.Failure;
import nmt4j.config.TrainingConfig.BatchConfig;
import nmt4j.config.TrainingConfig.Unit;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
    private static final int PAIRS = 1009;

    @TempDir
    Path folder;

    private static BatchConfig tokens(int size) {
        return new BatchConfig(Unit.TOKENS, size, 1);
    }

    private static List<Batch> epoch(Batches batches, Position start) {
        var epoch = new ArrayList<Batch>();
        try (var stream = batches.from(start)) {
            do
                epoch.add(stream.next());
            while (!epoch.getLast().endsEpoch());
        }
        return epoch;
    }

    private static List<List<Integer>> pairs(List<Batch> batches) {
        return batches.stream().map(Batch::pairs).toList();
    }

    @ParameterizedTest
    @CsvSource({"TOKENS, 200, 1048576", "TOKENS, 35, 1048576", "TOKENS, 200, 100", "SENTENCES, 16, 1048576",
            "SENTENCES, 1, 100", "SENTENCES, 5000, 1048576"})
    void everyPairIsInOneBatchOfAnEpochAndNoBatchExceedsItsBudget(Unit unit, int size, int poolSize) {
        try (var corpus = TinyCorpus.in(folder).withRandom(PAIRS, 1).read()) {
            var batches = new Batches(corpus, new BatchConfig(unit, size, 1 + poolSize % 3 * 4), 7, poolSize);
            for (int number = 1; number <= 3; number++) {
                var epoch = epoch(batches, new Position(number, 0));
                assertEquals(batches.count(number), epoch.size());
                var seen = epoch.stream().flatMap(batch -> batch.pairs().stream()).toList();
                assertEquals(PAIRS, seen.size());
                assertEquals(PAIRS, new HashSet<>(seen).size());
                for (var batch : epoch) {
                    int used =
                            unit == Unit.TOKENS ? Math.max(batch.sourceTokens(), batch.targetTokens()) : batch.size();
                    assertTrue(used <= size, () -> batch + " holds " + used);
                }
            }
        }
    }

    @Test
    void aBatchHoldsTheTextOfItsPairs() {
        var codec = TinyCorpus.in(folder).withRandom(PAIRS, 1).codec(new WordTokenizer());
        try (var corpus = TinyCorpus.in(folder).withRandom(PAIRS, 1).read()) {
            for (var batch : epoch(new Batches(corpus, tokens(300), 7), Position.START)) {
                for (int b = 0; b < batch.size(); b++) {
                    var source = batch.source().sentence(b);
                    var input = batch.targetInput().sentence(b);
                    var output = batch.targetOutput().sentence(b);
                    assertEquals(batch.pairs().get(b).toString(), codec.decode(source).split(" ")[0]);
                    assertEquals(Vocabulary.END, source[source.length - 1]);
                    assertEquals(Vocabulary.START, input[0]);
                    assertEquals(Vocabulary.END, output[output.length - 1]);
                    assertEquals(input.length, output.length);
                    for (int t = 1; t < input.length; t++) assertEquals(output[t - 1], input[t]);
                }
            }
        }
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpoch() {
        try (var corpus = TinyCorpus.in(folder).withRandom(PAIRS, 1).read()) {
            var first = pairs(epoch(new Batches(corpus, tokens(200), 7), Position.START));
            assertEquals(first, pairs(epoch(new Batches(corpus, tokens(200), 7), Position.START)));
            assertNotEquals(first, pairs(epoch(new Batches(corpus, tokens(200), 7), new Position(2, 0))));
            assertNotEquals(first, pairs(epoch(new Batches(corpus, tokens(200), 8), Position.START)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1048576", "100"})
    void goingOnAtAnyBatchGivesTheRestOfTheSequence(int poolSize) {
        try (var corpus = TinyCorpus.in(folder).withRandom(PAIRS, 1).readBpe(5, 0.3)) {
            var batches = new Batches(corpus, tokens(200), 7, poolSize);
            var whole = epoch(batches, Position.START);
            whole.addAll(epoch(batches, new Position(2, 0)));
            for (int k = 0; k < whole.size() - 1; k += 5) {
                try (var stream = batches.from(whole.get(k).next())) {
                    for (var expected : whole.subList(k + 1, Math.min(whole.size(), k + 7)))
                        assertEquals(expected, stream.next());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1048576", "100"})
    void theLargestBatchesAreThoseOfTheEpoch(int poolSize) {
        try (var corpus = TinyCorpus.in(folder).withRandom(PAIRS, 1).read()) {
            var batches = new Batches(corpus, tokens(200), 7, poolSize);
            var epoch = epoch(batches, Position.START);
            var largest = batches.largest();
            assertEquals(
                    epoch.stream().mapToInt(batch -> batch.sourceTokens() + batch.targetTokens()).max().orElseThrow(),
                    largest.getFirst().sourceTokens() + largest.getFirst().targetTokens());
            assertEquals(epoch.stream().mapToInt(batch -> batch.targetOutput().maxLength()).max().orElseThrow(),
                    largest.get(1).targetOutput().maxLength());
            assertEquals(epoch.stream().mapToInt(Batch::size).max().orElseThrow(), largest.getLast().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void batchesAreAlikeInSizeAndLongSentencesStandFirst(int maxiBatch) {
        try (var corpus = TinyCorpus.in(folder).withRandom(20_000, 1).read()) {
            var epoch = epoch(new Batches(corpus, new BatchConfig(Unit.TOKENS, 1000, maxiBatch), 7), Position.START);
            int fullest = epoch.stream().mapToInt(batch -> Math.max(batch.sourceTokens(), batch.targetTokens())).max()
                    .orElseThrow();
            long small = epoch.stream()
                    .filter(batch -> Math.max(batch.sourceTokens(), batch.targetTokens()) < 0.9 * fullest).count();
            assertTrue(small <= 2, small + " of " + epoch.size() + " batches are less than 90 % full");
            for (var batch : epoch)
                for (int b = 1; b < batch.size(); b++)
                    assertTrue(batch.targetOutput().length(b - 1) >= batch.targetOutput().length(b),
                            "longest target first");
        }
    }

    @Test
    void pairsThatAreSortedTogetherStandWithPairsOfTheirLength() {
        try (var corpus = TinyCorpus.in(folder).withRandom(20_000, 1).read()) {
            double apart = spread(epoch(new Batches(corpus, tokens(500), 7), Position.START));
            double together = spread(
                    epoch(new Batches(corpus, new BatchConfig(Unit.TOKENS, 500, 50), 7), Position.START));
            assertTrue(together < 2 && apart > 10 * together, together + " and " + apart);
        }
    }

    /// The mean difference between the longest and the shortest target of a batch.
    private static double spread(List<Batch> batches) {
        return batches.stream().mapToInt(batch -> batch.targetOutput().maxLength()
                - batch.targetOutput().length(batch.size() - 1)).average().orElseThrow();
    }

    @Test
    void thePartnersOfAPairChangeFromEpochToEpoch() {
        try (var corpus = TinyCorpus.in(folder).withRandom(PAIRS, 1).read()) {
            var batches = new Batches(corpus, tokens(200), 7);
            int count = batches.count(1);
            var first = new HashSet<>(
                    epoch(batches, Position.START).stream().map(batch -> new HashSet<>(batch.pairs())).toList());
            first.retainAll(
                    epoch(batches, new Position(2, 0)).stream().map(batch -> new HashSet<>(batch.pairs())).toList());
            assertTrue(first.size() <= count / 10,
                    first.size() + " of " + count + " batches are the same in two epochs");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "0.9"})
    void withDropoutEachEpochHasOtherSegmentationsWithinTheSameBudget(double dropout) {
        try (var corpus = TinyCorpus.in(folder).with(words(500, "Donaudampfschiff"), words(500, "steamship"))
                .readBpe(20, dropout)) {
            var batches = new Batches(corpus, tokens(200), 7);
            var first = epoch(batches, Position.START);
            var second = epoch(batches, new Position(2, 0));
            assertEquals(first, epoch(batches, Position.START));
            assertTrue(!sources(first).equals(sources(second)), "the second epoch has other segmentations");
            for (var batch : first) {
                assertTrue(Math.max(batch.sourceTokens(), batch.targetTokens()) <= 200, batch::toString);
                assertTrue(Math.max(batch.source().maxLength(), batch.targetOutput().maxLength()) <= 41);
            }
            double plain = corpus.statistics().source().tokens() + corpus.statistics().read();
            assertTrue(first.stream().mapToInt(Batch::sourceTokens).sum() > (1 + dropout / 4) * plain,
                    "most of the dropout takes place");
        }
    }

    private static List<String> words(int lines, String word) {
        return IntStream.range(0, lines).mapToObj(i -> (word + " ").repeat(1 + i % 3) + (i % 10)).toList();
    }

    private static HashSet<List<Integer>> sources(List<Batch> batches) {
        var sources = new HashSet<List<Integer>>();
        for (var batch : batches)
            for (int b = 0; b < batch.size(); b++)
                sources.add(IntStream.of(batch.source().sentence(b)).boxed().toList());
        return sources;
    }

    @Test
    void aBudgetBelowTheLongestPairIsAMistake() {
        try (var corpus = TinyCorpus.in(folder).with("a b c d\n", "a b\n").read()) {
            assertEquals(
                    "training.batch.size: 4 tokens do not hold the longest training sentence, 5 with its end"
                            + " (raise it, or lower data.maxLength to 3)",
                    assertThrows(Failure.class, () -> new Batches(corpus, tokens(4), 1)).getMessage());
            assertEquals(1, new Batches(corpus, tokens(5), 1).count(1));
        }
    }

    @Test
    void aPositionBeyondAnEpochIsTheStartOfTheNext() {
        try (var corpus = TinyCorpus.in(folder).withRandom(50, 1).read()) {
            var batches = new Batches(corpus, tokens(200), 7);
            try (var beyond = batches.from(new Position(1, 1000)); var next = batches.from(new Position(2, 0))) {
                assertEquals(next.next(), beyond.next());
            }
        }
    }

    @Test
    void whatGoesWrongInMakingABatchIsThrownByNext() {
        var corpus = TinyCorpus.in(folder).withRandom(50, 1).read();
        var batches = new Batches(corpus, tokens(200), 7);
        corpus.close();
        try (var stream = batches.from(Position.START)) {
            assertEquals(Failure.Kind.MACHINE, assertThrows(Failure.class, stream::next).kind());
        }
    }
}
