package nmt4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;

class GroupScoreTest {
    private static final Bleu BLEU = Bleu.standard().tokenizedBy(BleuTokenizer.NONE);
    private static final List<String> HYPOTHESES = List.of("a b c d e", "f g h i j k", "l m n o", "");
    private static final References REFERENCES = References.ofStreams(List.of(
            List.of("a b c d e", "f g h i j", "l m n o p", "q r s t"),
            List.of("x x x x", "x x x x", "l m n o", "x x x x")));
    private static final List<String> LABELS = List.of("name", "date name", " name\u00a0date  ", "");

    private static List<GroupScore> groups() {
        return GroupScore.of(BLEU, HYPOTHESES, REFERENCES, LABELS);
    }

    @Test
    void countsASentenceInEachOfItsGroups() {
        assertEquals(List.of("date", "name"), groups().stream().map(GroupScore::label).toList());
        assertEquals(List.of(2, 3), groups().stream().map(GroupScore::sentences).toList());
    }

    @Test
    void callsASentenceExactIfItEqualsAnyReference() {
        assertEquals(List.of(1, 2), groups().stream().map(GroupScore::exact).toList());
        assertEquals(2 / 3., groups().get(1).exactShare());
    }

    @Test
    void scoresAGroupAsTheCorpusOfItsSentences() {
        var alone = BLEU.score(HYPOTHESES.subList(1, 3), new References(REFERENCES.lines().subList(1, 3)));
        assertEquals(alone.score(), groups().getFirst().score().score());
    }

    @Test
    void saysHowManyLinesDoNotMatch() {
        var failure = assertThrows(Failure.class,
                () -> GroupScore.of(BLEU, HYPOTHESES, REFERENCES, LABELS.subList(0, 3)));
        assertEquals("groups: 3 lines, but hypothesis has 4", failure.getMessage());
    }
}
