package nmt4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordMapTest {
    @Test
    void wordsInTheSamePlaceStandBelowAndAboveEachOther() {
        var svg = WordMap.svg(List.of(new WordMap.Point("left", 0, 1), new WordMap.Point("wall", 1, 1),
                new WordMap.Point("hall", 1, 1), new WordMap.Point("call", 1, 1), new WordMap.Point("right", 2, 1)));
        var heights = Pattern.compile(" y=\"(\\d+)\"").matcher(svg).results().map(y -> Integer.parseInt(y.group(1)));
        assertEquals(List.of(400, 400, 412, 388, 400), heights.toList());
    }
}
