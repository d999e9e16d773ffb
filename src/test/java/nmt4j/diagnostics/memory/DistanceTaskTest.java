package nmt4j.diagnostics.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DistanceTaskTest {
    @Test
    void theAnswerIsTheNameThatTheQuestionDoesNotSay() {
        var batch = DistanceTask.batch(7, 50, 3);
        for (int i = 0; i < batch.size(); i++) {
            var source = batch.source().sentence(i);
            assertEquals(7 + 6 + 1, source.length);
            int asked = source[7 + 4];
            int answer = batch.targetOutput().sentence(i)[0];
            assertTrue(source[0] != source[2] && asked != answer);
            assertEquals(source[0] + source[2], asked + answer);
        }
    }

    @Test
    void theGradientFallsWithTheLagThroughRecurrenceAndHasAWayAroundItByAttention() {
        double elman = share(Family.ELMAN);
        assertTrue(elman < 0.25, "Elman: " + elman);
        assertTrue(share(Family.ATTENTION) > 1.5 * elman, "attention: " + share(Family.ATTENTION));
        assertTrue(share(Family.TRANSFORMER) > 1.5 * elman, "Transformer: " + share(Family.TRANSFORMER));
    }

    /// The norm 40 words back, of that of the last word.
    private static double share(Family family) {
        var norms = family.flow(41, 3);
        return norms[40] / norms[0];
    }

    @Tag("slow")
    @Test
    void attentionAnswersAtAnyDistance() {
        var accuracies = new DistanceTask(List.of(0, 20), 600).accuracies(Family.ATTENTION, 1, () -> {
        });
        for (double accuracy : accuracies) assertTrue(accuracy > 0.95, "accuracy " + accuracy);
    }
}
