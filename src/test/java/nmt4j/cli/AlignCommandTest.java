package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignCommandTest {
    @TempDir
    private Path folder;
    private String source;
    private String target;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeText() throws IOException {
        source = Files.writeString(folder.resolve("source"), "ein kleiner Satz\n\nnoch einer\n").toString();
        target = Files.writeString(folder.resolve("target"), "a small sentence\n\n\n").toString();
    }

    @Test
    void everyFamilyWithAttentionLinksWordsThatAreThere() throws IOException {
        for (var family : List.of(RandomModel.TRANSFORMER, RandomModel.LUONG, RandomModel.CONVOLUTIONAL)) {
            out.getBuffer().setLength(0);
            var model = RandomModel.write(folder.resolve("m.safetensors"), family, 3).toString();
            assertEquals(0, align(model, "--alignment", "0.001"), err.toString(UTF_8)); // no weight is as low
            var all = "0-0 0-1 0-2 1-0 1-1 1-2 2-0 2-1 2-2";
            assertEquals(all + "\n\n\n", out.toString());
            var gold = Files.writeString(folder.resolve("gold"), all + "\n\n\n").toString();
            out.getBuffer().setLength(0);
            assertEquals(0, align(model, "--alignment", "0.001", "--gold", gold));
            assertEquals("AER = 0.00 (precision 100.00, recall 100.00; 9 links, 9 sure)\n", out.toString());
        }
    }

    @Test
    void aModelWithoutAttentionSaysSo() {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.WITHOUT_ATTENTION, 3).toString();
        assertEquals(3, align(model));
        assertTrue(err.toString(UTF_8).contains("attention: the model has none"), err.toString(UTF_8));
    }

    private int align(String model, String... options) {
        var arguments = new ArrayList<>(List.of("align", model, "--source", source, "--target", target));
        arguments.addAll(List.of(options));
        var streams = new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false);
        return Main.run(streams, arguments.toArray(String[]::new));
    }
}
