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
        assertEquals(2, align(model));
        assertEquals("nmt: attention: the model has none; alignments, coverage and replaced unknown words need it\n",
                err.toString(UTF_8));
        assertEquals("", out.toString());
    }

    @Test
    void aLayerOrAHeadThatIsNotThereIsAMistake() {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.TRANSFORMER, 3).toString();
        assertEquals(2, align(model, "--attention-layer", "3"));
        assertEquals("nmt: attention: the model has no decoder layer 3 that looks at the source\n",
                err.toString(UTF_8));
        assertEquals(2, align(model, "--attention-layer", "2", "--attention-head", "3"));
        assertEquals("", out.toString());
    }

    @Test
    void theErrorRatesByHeadAreThoseOfEachHeadAlone() throws IOException {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.TRANSFORMER, 3).toString();
        var gold = Files.writeString(folder.resolve("gold"), "0-0 1-1 2-2\n\n\n").toString();
        assertEquals(0, align(model, "--gold", gold, "--by-head"), err.toString(UTF_8));
        var table = out.toString().lines().map(line -> List.of(line.split("\\s\\s+"))).toList();
        assertEquals(List.of("AER", "head 1", "head 2", "mean"), table.getFirst());
        assertEquals(List.of("layer 1", "layer 2", "mean"), table.stream().skip(1).map(List::getFirst).toList());
        assertEquals(table.get(2).get(1), rate(model, gold, "--attention-layer", "2", "--attention-head", "1"));
        assertEquals(table.get(1).get(3), rate(model, gold, "--attention-layer", "1"));
        assertEquals(table.get(3).getLast(), rate(model, gold));
        assertEquals(2, align(model, "--by-head"));
        assertEquals(2, align(model, "--gold", gold, "--by-head", "--attention-layer", "1"));
        assertEquals(2, align(model, "--gold", gold, "--by-head", "--attention-head", "2"));
    }

    private String rate(String model, String gold, String... options) {
        out.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of("--gold", gold));
        all.addAll(List.of(options));
        assertEquals(0, align(model, all.toArray(String[]::new)), err.toString(UTF_8));
        return out.toString().replaceFirst("AER = (\\S+) [\\s\\S]*", "$1");
    }

    private int align(String model, String... options) {
        var arguments = new ArrayList<>(List.of("align", model, "--source", source, "--target", target));
        arguments.addAll(List.of(options));
        var streams = new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false);
        return Main.run(streams, arguments.toArray(String[]::new));
    }
}
