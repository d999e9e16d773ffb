package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import nmt4j.decoding.SubwordAttention.Moment;
import org.junit.jupiter.api.Test;

class LinkingTest {
    /// Three source subwords of two words, three target subwords of two words; the last column is that of `</s>`.
    private static final SubwordAttention ATTENTION = new SubwordAttention(
            new float[][] {{0.1f, 0.6f, 0.2f, 0.1f}, {0.5f, 0.2f, 0.2f, 0.1f}, {0.1f, 0.1f, 0.3f, 0.5f}},
            new int[] {0, 0, 1}, new int[] {0, 0, 1});

    @Test
    void linksOfSubwordsAreMergedToThoseOfWords() {
        assertEquals("0-0", Link.join(new Linking.Hard().links(ATTENTION)));
        assertEquals("0-0 1-0 1-1", Link.join(new Linking.Threshold(0.2).links(ATTENTION)));
        assertEquals("1-1", Link.join(new Linking.Threshold(0.3).links(ATTENTION).subList(1, 2)));
    }

    @Test
    void softLinksAddUpSourceSubwordsAndAverageTargetSubwords() {
        assertEquals("0-0:0.7000 0-1:0.2000 1-0:0.2000 1-1:0.3000", Link.join(new Linking.Soft().links(ATTENTION)));
    }

    @Test
    void theAttentionOfASubwordIsThatOfTheStepThatPredictsOrThatReadsIt() {
        var steps = new float[][] {{1, 0}, {0, 1}, {0.5f, 0.5f}};
        var words = new int[] {0, 1};
        assertArrayEquals(new float[] {1, 0},
                SubwordAttention.of(steps, Moment.PREDICTING, new int[] {0}, words).weights()[0]);
        assertArrayEquals(new float[] {0, 1},
                SubwordAttention.of(steps, Moment.READING, new int[] {0}, words).weights()[0]);
        assertArrayEquals(new float[] {0.5f, 0.5f},
                SubwordAttention.of(steps, Moment.READING, new int[] {0}, words).weights()[1]);
    }
}
