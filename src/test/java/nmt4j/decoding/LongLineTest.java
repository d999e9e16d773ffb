package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongLineTest {
    @Test
    void aLineIsCutAfterASentenceElseAClauseElseAWordElseAnywhere() {
        assertEquals("a b. ".length() - 1, LongLine.boundary("a b. c, d"));
        assertEquals("a b , ".length() - 1, LongLine.boundary("a b , c d"));
        assertEquals(5, LongLine.boundary("aa bb cc d"));
        assertEquals(4, LongLine.boundary("aaaabbbb"));
        assertEquals(2, LongLine.boundary("😀😀")); // not through the middle of a character
    }

    @Test
    void piecesHoldAllWordsInOrderAndAreShortEnough() {
        var codec = TinyModel.codec(23);
        var random = new Random(2);
        for (int trial = 0; trial < 50; trial++) {
            var line = new StringBuilder();
            for (int i = random.nextInt(200); i >= 0; i--) line.append((char) ('a' + random.nextInt(19))).append("  ");
            int longest = 1 + random.nextInt(13);
            var joined = new ArrayList<Integer>();
            for (var piece : new LongLine(List.of(codec), longest).pieces(line.toString())) {
                var tokens = piece.sources().getFirst();
                assertTrue(tokens.length <= longest);
                for (int id : tokens) joined.add(id);
            }
            var expected = new ArrayList<Integer>();
            for (int id : codec.encode(line.toString())) expected.add(id);
            assertEquals(expected, joined);
        }
    }
}
