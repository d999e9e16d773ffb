package nmt4j.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;

class TranslationTest {
    @Test
    void whatIsWrongWithALineIsWhatIsWrongWithAllThatNeedsIt() {
        for (var told : List.of(Failure.mistake("no such phrase"), Failure.check("no probability"),
                Failure.machine("out of memory", null))) {
            var failure = assertThrows(Failure.class, () -> textsWithout(told));
            assertEquals(told.kind(), failure.kind());
            assertEquals("line 2 has no translation: " + told.getMessage(), failure.getMessage());
        }
    }

    @Test
    void aFullHeapIsTheMachinesFaultAndAnythingElseABug() {
        var failure = assertThrows(Failure.class, () -> textsWithout(new OutOfMemoryError("Java heap space")));
        assertEquals(Failure.Kind.MACHINE, failure.kind());
        assertEquals("line 2 has no translation: out of memory: Java heap space", failure.getMessage());
        var bug = new ArithmeticException();
        assertSame(bug, assertThrows(IllegalStateException.class, () -> textsWithout(bug)).getCause());
    }

    private static List<String> textsWithout(Throwable second) {
        return Translation.texts(List.of(Translation.ofBlank(1), Translation.failed(2, second)));
    }
}
