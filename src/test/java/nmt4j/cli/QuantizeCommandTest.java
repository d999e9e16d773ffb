package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nmt4j.Main;
import nmt4j.model.ElementType;
import nmt4j.model.ModelFile;
import nmt4j.model.SafeTensors;
import nmt4j.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizeCommandTest {
    private static final String LINES = "ein kleiner Satz\nnoch ein Satz\n\nkleiner\n";
    private static final String LARGER = """
            "type": "transformer", "modelSize": 128, "feedForwardSize": 256, "numHeads": 2, "encoderLayers": 1,
            "decoderLayers": 1""";

    @TempDir
    private Path folder;
    private StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {RandomModel.TRANSFORMER, RandomModel.LUONG, RandomModel.WITHOUT_ATTENTION,
            RandomModel.CONVOLUTIONAL})
    void aQuantizedFileTranslatesAsItsModelQuantizedAsItIsRead(String family) {
        var model = RandomModel.write(folder.resolve("best.safetensors"), family, 3).toString();
        for (var precision : List.of("int8", "bfloat16")) {
            assertEquals(0, run("", "quantize", folder.toString(), "--precision", precision), err.toString(UTF_8));
            var quantized = folder.resolve("best." + precision + ".safetensors").toString();
            var expected = answer("translate", model, "--precision", precision, "--format", "jsonl");
            assertEquals(expected, answer("translate", quantized, "--format", "jsonl"));
            assertEquals(expected, answer("translate", quantized, "--precision", precision, "--format", "jsonl"));
            assertNotEquals(expected, answer("translate", model, "--format", "jsonl"));
        }
        var int8 = folder.resolve("best.int8.safetensors").toString();
        assertNotEquals(answer("translate", int8, "--format", "jsonl"),
                answer("translate", int8, "--precision", "float32", "--format", "jsonl"));
    }

    @Test
    void inBfloat16AFileIsHalfAndEachNumberWithinABit() throws IOException {
        var model = RandomModel.write(folder.resolve("m.safetensors"), LARGER, 3);
        var small = folder.resolve("small.safetensors");
        assertEquals(0, run("", "quantize", model.toString(), "--precision", "bfloat16", "--output", small.toString()),
                err.toString(UTF_8));
        assertTrue(Files.size(small) < 0.53 * Files.size(model), Files.size(small) + " of " + Files.size(model));
        try (var floats = ModelFile.load(model); var back = ModelFile.load(small); var file = SafeTensors.open(small)) {
            assertEquals(ElementType.BF16, file.tensors().get("embedding").type());
            for (var parameter : floats.model().parameters().all()) {
                var x = parameter.value().toArray();
                var y = back.model().parameters().get(parameter.name()).value().toArray();
                for (int i = 0; i < x.length; i++)
                    assertEquals(x[i], y[i], parameter.isMatrix() ? 0x1p-8f * Math.abs(x[i]) : 0, parameter.name());
            }
        }
    }

    @Test
    void theFileIsAQuarterAndItsMatricesAreNumbersTimesScales() throws IOException {
        var model = RandomModel.write(folder.resolve("m.safetensors"), LARGER, 3);
        var small = folder.resolve("small.safetensors");
        assertEquals(0, run("", "quantize", model.toString(), "--output", small.toString()), err.toString(UTF_8));
        assertTrue(Files.size(small) < 0.28 * Files.size(model), Files.size(small) + " of " + Files.size(model));
        try (var floats = ModelFile.load(model); var back = ModelFile.load(small); var file = SafeTensors.open(small)) {
            for (var parameter : floats.model().parameters().all()) {
                var x = parameter.value().toArray();
                var y = back.model().parameters().get(parameter.name()).value().toArray();
                if (parameter.rows() == 1) assertArrayEquals(x, y, parameter.name());
                else assertArrayEquals(x, y, 0.02f, parameter.name());
            }
            var table = file.tensors().get("embedding");
            assertEquals(ElementType.I8, table.type());
            assertEquals(List.of(table.shape().getFirst(), 1L), file.tensors().get("embedding.scale").shape());
            var inner = "decoder.layers.0.feedForward.inner.weight";
            assertEquals(List.of(1L, 256L), file.tensors().get(inner + ".scale").shape());
        }
    }

    @Test
    void equalModelsGiveEqualBytesAndQuantizingTwiceIsQuantizingOnce() throws IOException {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.TRANSFORMER, 3);
        for (var output : List.of("a", "b")) run("", "quantize", model.toString(), "--output", at(output));
        assertEquals(0, run("", "quantize", at("a"), "--output", at("twice")));
        assertArrayEquals(Files.readAllBytes(folder.resolve("a")), Files.readAllBytes(folder.resolve("b")));
        assertArrayEquals(Files.readAllBytes(folder.resolve("a")), Files.readAllBytes(folder.resolve("twice")));
    }

    @Test
    void float32TakesNoLessRoom() {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.LUONG, 3).toString();
        assertEquals(2, run("", "quantize", model, "--precision", "float32"));
        assertTrue(err.toString(UTF_8).contains("expected int8 or bfloat16"), err.toString(UTF_8));
    }

    @Test
    void aWeightInBfloat16ThatIsNoNumberIsNamed() throws IOException {
        var model = RandomModel.write(folder.resolve("m.safetensors"), RandomModel.TRANSFORMER, 3);
        var bad = folder.resolve("bad.safetensors");
        try (var loaded = ModelFile.load(model)) {
            loaded.model().parameters().get("embedding").value().set(3, 2, Float.POSITIVE_INFINITY);
            loaded.model().parameters().convert(Precision.BFLOAT16);
            ModelFile.write(bad, loaded, 1, Map.of());
        }
        assertEquals(2, run(LINES, "translate", bad.toString()));
        assertTrue(err.toString(UTF_8).contains("weights embedding: element "), err.toString(UTF_8));
        assertTrue(err.toString(UTF_8).contains(" is Infinity"), err.toString(UTF_8));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String answer(String... arguments) {
        assertEquals(0, run(LINES, arguments), err.toString(UTF_8));
        return out.toString();
    }

    private int run(String input, String... arguments) {
        out = new StringWriter();
        return Main.run(new Streams(new ByteArrayInputStream(input.getBytes(UTF_8)), out,
                new PrintStream(err, true, UTF_8), false), arguments);
    }
}
