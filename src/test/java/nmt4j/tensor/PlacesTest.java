package nmt4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import nmt4j.kernel.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
    private static final int LONGEST = 40;

    @ParameterizedTest
    @CsvSource({"1, 1", "47, 1", "48, 2", "64, 2", "300, 9"})
    void partsHaveAboutAsManyRowsEach(int sentences, int parts) {
        var steps = TimeSteps
                .forward(Sentences.ofLengths(new Random(1).ints(sentences, 1, LONGEST + 1).toArray()));
        try (var arena = new Arena()) {
            var places = Places.of(steps, 32, 7, arena);
            assertEquals(parts, places.size());
            int next = 0;
            for (var part : places) {
                assertEquals(next, part.from());
                next = part.to();
                int rows = 0;
                for (int t = 0; t < part.size(); t++) rows += part.count(t);
                assertTrue(Math.abs(rows - steps.rows() / parts) <= LONGEST, rows + " of " + steps.rows());
                assertTrue(part.size() == steps.size() || steps.active(part.size()) <= part.from(), "cut off");
            }
            assertEquals(sentences, next);
        }
    }
}
