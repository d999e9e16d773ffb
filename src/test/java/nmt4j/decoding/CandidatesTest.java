package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import nmt4j.kernel.Arena;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private record Expected(int row, int token, double total) {}

    @Test
    void theBestOfAllRowsAreThoseThatSortingFindsAndTiesGoToTheEarlierRowAndTheLowerToken() {
        var random = new Random(3);
        try (var arena = new Arena()) {
            for (int trial = 0; trial < 200; trial++) {
                int rows = 1 + random.nextInt(3);
                int columns = 1 + random.nextInt(67);
                int k = 1 + random.nextInt(11);
                var next = arena.matrix(rows, columns);
                var expected = new ArrayList<Expected>();
                var candidates = new Candidates(k);
                for (int i = 0; i < rows; i++) {
                    double total = -random.nextInt(3);
                    for (int v = 0; v < columns; v++) {
                        float x = random.nextInt(9) == 0 ? Float.NEGATIVE_INFINITY : -random.nextInt(13) / 4f; // many are equal
                        if (random.nextInt(17) == 0) x = Float.NaN;
                        next.set(i, v, x);
                        if (x > Float.NEGATIVE_INFINITY) expected.add(new Expected(i, v, total + x));
                    }
                    candidates.consider(next, i, total);
                }
                expected.sort(Comparator.comparingDouble(Expected::total).reversed()); // stable
                assertEquals(expected.subList(0, Math.min(k, expected.size())), list(candidates));
            }
        }
    }

    private static List<Expected> list(Candidates candidates) {
        var list = new ArrayList<Expected>();
        for (int i = 0; i < candidates.size(); i++)
            list.add(new Expected(candidates.row(i), candidates.token(i), candidates.total(i)));
        return list;
    }
}
