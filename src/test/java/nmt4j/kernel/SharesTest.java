package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private final Shares shares = new Shares(3);

    @Test
    void aThreadTakesNeighboursOfItsOwn() {
        shares.cut(10, 22);
        assertEquals(List.of(10, 11, 12, 13), taken(0, 4));
        assertEquals(List.of(14, 15, 16, 17), taken(1, 4));
        assertEquals(List.of(18, 19, 20, 21), taken(2, 4));
        assertEquals(List.of(-1, -1), taken(1, 2));
    }

    @Test
    void itsShareIsTheSameOfAnyNumberOfTiles() {
        shares.cut(0, 300);
        assertEquals(List.of(100), taken(1, 1));
        shares.cut(0, 30);
        assertEquals(List.of(10), taken(1, 1));
        shares.cut(0, 2);
        assertEquals(List.of(0, 1, -1), taken(1, 3));
    }

    @Test
    void whoHasNoneTakesTheLastOfWhoHasTheMost() {
        shares.cut(0, 9);
        assertEquals(List.of(3, 4), taken(1, 2));
        assertEquals(List.of(6, 7, 8, 2, 1, 0, 5, -1), taken(2, 8));
    }

    @Test
    void whatIsClearedIsTakenByNobody() {
        shares.cut(0, 9);
        shares.clear();
        assertEquals(List.of(-1, -1, -1), List.of(shares.take(0), shares.take(1), shares.take(2)));
    }

    private List<Integer> taken(int thread, int times) {
        return IntStream.range(0, times).mapToObj(_ -> shares.take(thread)).toList();
    }
}
