package nmt4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationSetTest {
    @Test
    void aPairThatIsFarTooLongHasNoLossAndStaysInTheText() {
        var lines = List.of("a", "b", "c");
        var sources = List.of(new int[3], new int[10_001], new int[10_000]);
        var targets = List.of(new int[2], new int[1], new int[10_000]);
        var set = new ValidationSet(lines, lines, sources, targets);
        assertEquals(3, set.size());
        assertEquals(1, set.tooLong());
        assertEquals(2, set.batches(100).stream().mapToInt(batch -> batch.pairs().size()).sum());
    }
}
