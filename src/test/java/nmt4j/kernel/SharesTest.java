package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private final Shares shares = new Shares(3);

    @Test
    void aThreadTakesNeighboursOfItsOwn() {
        shares.cut(12);
        assertEquals(List.of(0, 1, 2, 3), taken(0, 4));
        assertEquals(List.of(4, 5, 6, 7), taken(1, 4));
        assertEquals(List.of(8, 9, 10, 11), taken(2, 4));
        assertEquals(List.of(-1, -1), taken(1, 2));
    }

    @Test
    void itsShareIsTheSameOfAnyNumberOfTiles() {
        shares.cut(300);
        assertEquals(List.of(100), taken(1, 1));
        shares.cut(30);
        assertEquals(List.of(10), taken(1, 1));
        shares.cut(2);
        assertEquals(List.of(0, 1, -1), taken(1, 3));
    }

    @Test
    void whoHasNoneTakesTheLastOfWhoHasTheMost() {
        shares.cut(9);
        assertEquals(List.of(3, 4), taken(1, 2));
        assertEquals(List.of(6, 7, 8, 2, 1, 0, 5, -1), taken(2, 8));
    }

    @Test
    void whatIsClearedIsTakenByNobody() {
        shares.cut(9);
        shares.clear();
        assertEquals(List.of(-1, -1, -1), List.of(shares.take(0), shares.take(1), shares.take(2)));
    }

    private List<Integer> taken(int thread, int times) {
        return IntStream.range(0, times).mapToObj(_ -> shares.take(thread)).toList();
    }
}
