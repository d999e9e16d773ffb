package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import nmt4j.Failure;

class BleuTest {
    private static final Bleu BLEU = Bleu.standard();

    @Test
    void equalsTheFormulaByHand() {
        // Matches: a b c d of 5 words, ab bc cd of 4, abc bcd of 3, abcd of 2; c = 5, r = 6.
        var score = BLEU.sentenceScore("a b c d x", List.of("a b c d e f"));
        var mean = Math.pow(4 / 5. * 3 / 4 * 2 / 3 * 1 / 2, 1 / 4.);
        assertEquals(100 * Math.exp(1 - 6 / 5.) * mean, score.score(), 1e-12);
        assertEquals("80.0/75.0/66.7/50.0 (BP = 0.819 ratio = 0.833 hyp_len = 5 ref_len = 6)", score.verbose());
    }

    @Test
    void clipsRepeatedWordsToTheHighestCountInAnyReference() {
        // Papineni et al. 2002, section 2.1: the modified unigram precision is 2/7.
        var score = BLEU.upTo(1).sentenceScore("the the the the the the the",
                List.of("the cat is on the mat", "there is a cat on the mat"));
        assertEquals(100 * 2 / 7., score.score(), 1e-12);
    }

    @Test
    void takesTheNearestReferenceLengthAndOfTwoTheShorter() {
        assertEquals(9, Bleu.nearest(8, new int[] {12, 9, 6}));
        assertEquals(7, Bleu.nearest(8, new int[] {9, 7, 9}));
    }

    @Test
    void brevityPenaltyIsOneUnlessTheHypothesisIsShorter() {
        assertEquals(1, Bleu.brevityPenalty(7, 7));
        assertEquals(Math.exp(-1), Bleu.brevityPenalty(3, 6));
        assertEquals(0, Bleu.brevityPenalty(0, 6));
        assertEquals(1, Bleu.brevityPenalty(0, 0));
    }

    @Test
    void smoothsOrdersWithoutMatch() {
        // Of 3 words 1 matches; nothing of 2 bigrams and of 1 trigram.
        var references = List.of("a y z");
        var base = BLEU.upTo(3);
        assertEquals(0, base.smoothedBy(new Smoothing.None()).sentenceScore("a b c", references).score());
        assertEquals(100 * Math.cbrt(1 / 3. * (1 / 2. / 2) * (1 / 4. / 1)),
                base.sentenceScore("a b c", references).score(), 1e-12);
        assertEquals(100 * Math.cbrt(1 / 3. * (0.1 / 2) * (0.1 / 1)),
                base.smoothedBy(new Smoothing.Floor(0.1)).sentenceScore("a b c", references).score(), 1e-12);
        assertEquals(100 * Math.cbrt(1 / 3. * (1 / 3.) * (1 / 2.)),
                base.smoothedBy(new Smoothing.AddK(1)).sentenceScore("a b c", references).score(), 1e-12);
    }

    @Test
    void effectiveOrderLeavesOutOrdersThatTheHypothesisIsTooShortFor() {
        assertEquals(0, BLEU.sentenceScore("a b", List.of("a b")).score());
        assertEquals(100, BLEU.withEffectiveOrder().sentenceScore("a b", List.of("a b")).score(), 1e-12);
    }

    @Test
    void aTextHasBleu100AgainstItself() {
        var text = List.of("Die Katze saß auf der Matte.", "", "Ein zweiter Satz, mit Komma.");
        assertEquals(100, BLEU.score(text, List.of(text)).score(), 1e-12);
    }

    @Test
    void theOrderOfReferencesDoesNotMatter() {
        var hypothesis = List.of("the dog bit the man again");
        var one = List.of("the dog had bitten the man");
        var other = List.of("the dog bit him again");
        assertEquals(BLEU.score(hypothesis, List.of(one, other)).score(),
                BLEU.score(hypothesis, List.of(other, one)).score());
    }

    @Test
    void signaturesSayHowItWasComputed() {
        var references = References.ofStreams(List.of(List.of("a", "b"), List.of("c", "d")));
        assertEquals("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0", BLEU.signature(references)
                .toString());
        var other = BLEU.tokenizedBy(BleuTokenizer.ZH).lowercased().withEffectiveOrder()
                .smoothedBy(new Smoothing.AddK(1));
        assertEquals("#:2|c:lc|e:yes|tok:zh|s:add-k[1.00]|v:2.6.0", other.signature(references).abbreviated());
        assertEquals("nrefs:2|bs:1000|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
                BLEU.signature(references).with("bs", 1000, 12345).toString());
    }

    @Test
    void seesTextThatWasTokenizedBefore() {
        assertTrue(Bleu.looksTokenized(Collections.nCopies(100, "Tokenised .")));
        assertFalse(Bleu.looksTokenized(Collections.nCopies(99, "Tokenised .")));
        assertFalse(Bleu.looksTokenized(Collections.nCopies(100, "Not tokenised.")));
    }

    @Test
    void roundsLikePythonHalfToEven() {
        assertEquals("0.12", Score.rounded(0.125, 2));
        assertEquals("0.38", Score.rounded(0.375, 2));
        assertEquals("2.67", Score.rounded(2.675, 2));
        assertEquals("100.00", Score.rounded(100.00000000000004, 2));
    }

    @Test
    void saysWhatDoesNotFit() {
        var unequal = assertThrows(Failure.class, () -> BLEU.score(List.of("a", "b"), List.of(List.of("a"))));
        assertEquals("hypothesis: 2 lines, but reference has 1", unequal.getMessage());
        assertThrows(Failure.class, () -> BLEU.score(List.of(), List.of(List.of())));
        assertThrows(Failure.class, () -> BLEU.upTo(0));
        assertThrows(Failure.class, () -> new Smoothing.Floor(-1));
        var missing = Collections.<String>singletonList(null);
        assertThrows(Failure.class, () -> References.ofStreams(List.of(missing)));
    }
}
