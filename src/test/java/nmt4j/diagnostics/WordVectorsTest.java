package nmt4j.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringWriter;
import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;

class WordVectorsTest {
    private static final WordVectors VECTORS = new WordVectors(List.of("king", "queen", "stone"),
            List.of(new float[] {3, 0.5f}, new float[] {6, 2}, new float[] {-1, 0}));

    @Test
    void theSmallestAngleIsNearestWhateverTheLength() {
        var nearest = VECTORS.nearest("king", 2);
        assertEquals(List.of("queen", "stone"), nearest.stream().map(WordVectors.Neighbour::word).toList());
        assertEquals((3 * 6 + 0.5 * 2) / Math.sqrt(9.25 * 40), nearest.getFirst().similarity(), 1e-12);
        assertThrows(Failure.class, () -> VECTORS.nearest("pawn", 1));
    }

    @Test
    void theFileIsThatOfWord2vec() {
        var out = new StringWriter();
        VECTORS.write(out);
        assertEquals("3 2\nking 3.0 0.5\nqueen 6.0 2.0\nstone -1.0 0.0\n", out.toString());
    }

    @Test
    void theMapKeepsAllDistancesOfPointsInAPlane() {
        var map = VECTORS.map(3);
        assertEquals(Math.hypot(3, 1.5), Math.hypot(map.get(0).x() - map.get(1).x(), map.get(0).y() - map.get(1).y()),
                1e-6);
        assertEquals(Math.hypot(4, 0.5), Math.hypot(map.get(0).x() - map.get(2).x(), map.get(0).y() - map.get(2).y()),
                1e-6);
    }
}
