package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;

class AlignmentErrorRateTest {
    @Test
    void possibleLinksCountForPrecisionAndSureOnesForRecall() {
        // A = {0-0, 1-2, 2-2, 0-1}, S = {0-0, 1-1}, P = S and {1-2, 2-2}
        var rate = AlignmentErrorRate.of(List.of("0-0 1-2 2-2", "0-1"), List.of("0-0 1-1 1?2 2p2", ""));
        assertEquals(new AlignmentErrorRate(4, 2, 1, 3), rate);
        assertEquals(1 - (1 + 3) / 6.0, rate.rate(), 1e-12);
        assertEquals(3 / 4.0, rate.precision());
        assertEquals(1 / 2.0, rate.recall());
    }

    @Test
    void goldLinksHaveNoErrors() {
        var gold = List.of("0-0 3-1", "", "2-2 2-3");
        assertEquals(0, AlignmentErrorRate.of(gold, gold).rate());
    }

    @Test
    void whatIsNoLinkIsAMistakeThatSaysWhere() {
        var failure = assertThrows(Failure.class, () -> AlignmentErrorRate.of(List.of("0-0"), List.of("0:0")));
        assertEquals("gold links: line 1: '0:0', expected i-j, or i?j if only possible", failure.getMessage());
    }
}
