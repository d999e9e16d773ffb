package nmt4j.kernel;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nmt4j.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScratchTest {
    /// More than any machine can promise.
    private static final long TOO_MANY = 1L << 50;

    @BeforeEach
    void begin() {
        Scratch.free();
    }

    @Test
    void whatWasRefusedAtFirstIsNotThere() {
        assertThrows(Failure.class, () -> Scratch.floats(TOO_MANY));
        assertNotEquals(0, Scratch.floats(1));
    }

    @Test
    void whatWasRefusedLaterIsNotThere() {
        long little = Scratch.floats(1);
        assertThrows(Failure.class, () -> Scratch.floats(TOO_MANY));
        assertNotEquals(little, Scratch.floats(8 << 20)); // more than a block has
    }
}
