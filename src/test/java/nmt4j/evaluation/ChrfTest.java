package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import nmt4j.Failure;

class ChrfTest {
    @Test
    void equalsTheFormulaByHand() {
        // Characters: abx in abcd 2 of 3, 2 of 4; pairs: ab 1 of 2, 1 of 3.
        double precision = (2 / 3. + 1 / 2.) / 2;
        double recall = (2 / 4. + 1 / 3.) / 2;
        var score = Chrf.standard().withCharOrder(2).sentenceScore("a bx", List.of("ab cd"));
        assertEquals(100 * 5 * precision * recall / (4 * precision + recall), score.score(), 1e-12);
    }

    @Test
    void averagesOnlyOverOrdersThatBothSidesHave() {
        assertEquals(100, Chrf.standard().sentenceScore("ab", List.of("ab")).score(), 1e-12);
        assertEquals(100 * 2 / 6., Chrf.standard().withEpsSmoothing().sentenceScore("ab", List.of("ab")).score(), 1e-9);
    }

    @Test
    void countsWhiteSpaceOnlyWhenTold() {
        assertEquals(100, Chrf.standard().sentenceScore("abcd ef", List.of("ab cdef")).score(), 1e-12);
        assertEquals(6 / 7., Chrf.standard().withCharOrder(1).withWhitespace()
                .sentenceScore("abcdefg", List.of("abc def")).score() / 100, 1e-12);
    }

    @Test
    void countsACharacterOutsideTheBasicPlaneOnce() {
        assertEquals(50, Chrf.standard().withCharOrder(1).sentenceScore("😀a", List.of("😀b")).score(), 1e-12);
    }

    @Test
    void separatesOnePunctuationMarkFromAWord() {
        assertEquals(List.of("(", "hi", "(hi", ")", "a", "-", "--", "-", "don't", "😀"),
                Chrf.separatePunctuation("(hi (hi) a - --- don't 😀"));
    }

    @Test
    void takesTheBestReferenceOfEachLine() {
        assertEquals(100, Chrf.standard().withWordOrder(2).score(List.of("one", "two"),
                List.of(List.of("one", "x"), List.of("y", "two"))).score(), 1e-12);
    }

    @Test
    void isNamedAfterBetaAndWordOrder() {
        assertEquals("chrF2", Chrf.standard().name());
        assertEquals("chrF2++", Chrf.standard().withWordOrder(2).name());
        assertEquals("chrF3+", Chrf.standard().withBeta(3).withWordOrder(1).name());
        assertEquals("nrefs:1|case:lc|eff:yes|nc:6|nw:2|space:no|version:2.6.0",
                Chrf.standard().withWordOrder(2).lowercased().signature(new References(List.of(List.of("a"))))
                        .toString());
    }

    @Test
    void refusesOrdersThatLeaveNothing() {
        assertThrows(Failure.class, () -> Chrf.standard().withCharOrder(0));
        assertThrows(Failure.class, () -> Chrf.standard().withWordOrder(-1));
    }

    @Test
    void ordersHaveABoundAndRecallMayWeighMuch() {
        assertThrows(Failure.class, () -> Chrf.standard().withCharOrder(1001));
        double recall = Chrf.standard().withBeta(1_000_000).sentenceScore("abcdef", List.of("abcdefg")).score();
        assertTrue(recall > 50 && recall < 100, "score " + recall);
        assertEquals(recall, Chrf.standard().withBeta(1000).sentenceScore("abcdef", List.of("abcdefg")).score(), 1e-3);
    }
}
