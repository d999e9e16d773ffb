package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class TerTest {
    private static final Ter TER = Ter.standard();

    @Test
    void countsTheExampleOfThePaper() {
        // Snover et al. 2006, section 2: one shift, two substitutions, one insertion over 13 words.
        var reference = "SAUDI ARABIA denied THIS WEEK information published in the AMERICAN new york times";
        var hypothesis = "THIS WEEK THE SAUDIS denied information published in the new york times";
        assertEquals(100 * 4 / 13., TER.sentenceScore(hypothesis, List.of(reference)).score(), 1e-12);
    }

    @Test
    void aMovedPhraseIsOneEdit() {
        assertEquals(1, edits("d e f a b c", "a b c d e f"));
        assertEquals(0, edits("a b c", "a b c"));
        assertEquals(3, edits("", "a b c"));
        assertEquals(2, edits("a b", ""));
    }

    @Test
    void anEmptyReferenceMakesTheRateOneUnlessBothAreEmpty() {
        assertEquals(100, TER.sentenceScore("a b", List.of("")).score());
        assertEquals(0, TER.sentenceScore("", List.of("")).score());
    }

    @Test
    void countsTheNearestReferenceOverTheMeanLength() {
        assertArrayEquals(new double[] {1, 2.5}, TER.statistics("a b c", List.of("a b", "x y z")));
    }

    @Test
    void switchesDecideWhatAWordIs() {
        assertEquals(List.of("hello", ",", "dog", "'s", "1,000", "."),
                words(TER.withNormalization(), "Hello, dog's 1,000."));
        assertEquals(List.of("Hello", "dog's", "1000"), words(TER.withoutPunctuation().cased(), "Hello, dog's 1,000."));
        assertEquals(List.of("你", "好", "。"), words(TER.withNormalization().withAsianSupport(), "你好。"));
        assertEquals(List.of("你好"), words(TER.withoutPunctuation().withAsianSupport(), "你好。"));
    }

    /// The law of the narrow band: where it is wider than the sentences, it changes nothing.
    @Test
    void beamEditDistanceOfShortSentencesIsLevenshteins() {
        var random = new Random(5);
        for (int trial = 0; trial < 300; trial++) {
            var hypothesis = random.ints(1 + random.nextInt(11), 0, 5).toArray();
            var reference = random.ints(1 + random.nextInt(11), 0, 5).toArray();
            var similar = hypothesis.clone();
            similar[random.nextInt(similar.length)] = random.nextInt(5);
            var distance = new BeamEditDistance(hypothesis.length, reference);
            assertEquals(levenshtein(hypothesis, reference), distance.of(hypothesis));
            assertEquals(levenshtein(similar, reference), distance.ofSimilar(similar));
        }
    }

    @Test
    void aHundredThousandWordsAreNoMatrix() {
        var words = new Random(6).ints(100_000, 0, 5000).toArray();
        var other = words.clone();
        other[50_000] = -1;
        assertEquals(1, TranslationEdits.count(other, words));
        assertEquals(1, TranslationEdits.count(Arrays.copyOf(words, 99_999), words));
    }

    @Test
    void aShiftKeepsAllWords() {
        var words = new int[] {0, 1, 2, 3, 4};
        assertArrayEquals(new int[] {0, 3, 4, 1, 2}, new TranslationEdits.Shift(3, 2, 1).apply(words));
        assertArrayEquals(new int[] {2, 3, 0, 1, 4}, new TranslationEdits.Shift(0, 2, 4).apply(words));
        assertArrayEquals(new int[] {2, 0, 1, 3, 4}, new TranslationEdits.Shift(0, 2, 1).apply(words));
        assertArrayEquals(words, new TranslationEdits.Shift(3, 2, 4).apply(words));
    }

    @Test
    void lowerIsBetter() {
        assertEquals(List.of(false, true, true),
                List.of(TER.higherIsBetter(), Bleu.standard().higherIsBetter(), Chrf.standard().higherIsBetter()));
    }

    private static long edits(String hypothesis, String reference) {
        return TER.score(TER.statistics(hypothesis, List.of(reference))).edits();
    }

    private static List<String> words(Ter settings, String line) {
        return new TercomTokenizer(settings).tokenize(line);
    }

    private static int levenshtein(int[] a, int[] b) {
        var row = new int[b.length + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length];
    }
}
