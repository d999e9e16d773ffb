package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ElapsedTest {
    @Test
    void hoursAreShownOnceThereAreAny() {
        assertEquals("0:07", Elapsed.text(7));
        assertEquals("12:05", Elapsed.text(725));
        assertEquals("1:02:03", Elapsed.text(3723));
    }

    @Test
    void secondsAreRounded() {
        assertEquals("1:00", Elapsed.text(59.5));
        assertEquals("1:00:00", Elapsed.text(3599.6));
    }
}
