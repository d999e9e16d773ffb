package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import nmt4j.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String nmt(int expected, String input, String... arguments) {
        var out = new StringWriter();
        var streams = new Streams(new ByteArrayInputStream(input.getBytes(UTF_8)), out,
                new PrintStream(err, true, UTF_8), false);
        assertEquals(expected, Main.run(streams, arguments), () -> err.toString(UTF_8));
        return out.toString();
    }

    @Test
    void thePageHoldsTheTranslationOfEachLineAndAsksForNothing() throws IOException {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.TRANSFORMER, 3).toString();
        var input = "ein Satz\n\n<b>ein</b>\n";
        var translations = nmt(0, input, "translate", model).lines().toList();
        var page = nmt(0, input, "trace", model);
        assertTrue(page.contains("<p class=\"result\">" + translations.getFirst().replace("<", "&lt;")), page);
        assertTrue(page.contains("2: blank"));
        assertFalse(page.contains("<b>ein"));
        assertFalse(Pattern.compile("(src|href)=\"(?!#|data:)").matcher(page).find());
        assertFalse(page.contains("<script"));
        var file = folder.resolve("trace.html");
        assertEquals("", nmt(0, input, "trace", model, "--output", file.toString()));
        assertEquals(page, Files.readString(file));
    }

    @Test
    void moreLinesThanAPageCanShowAreRefused() throws IOException {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.LUONG, 3).toString();
        nmt(2, "a\n".repeat(101), "trace", model);
        assertTrue(err.toString(UTF_8).contains("stdin: more than 100 lines"), err.toString(UTF_8));
    }
}
