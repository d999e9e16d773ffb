package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nmt4j.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aProfileOfTrainingAddsUpToTheTimeOfAnUpdate() throws IOException {
        var config = Files.writeString(folder.resolve("tiny.json"), """
                {"data": {"train": [{"source": "a", "target": "b"}]}, "model": {%s}}"""
                .formatted(RandomModel.TRANSFORMER));
        assertEquals(0, run("bench", "train", config.toString(), "--synthetic", "8x9", "--vocabulary", "50",
                "--seconds", "0.3", "--threads", "2", "--profile", "--format", "json"), err.toString(UTF_8));
        var json = new ObjectMapper().readTree(out.toString());
        double sum = json.get("betweenMilliseconds").asDouble();
        for (var operation : json.get("operations"))
            sum += operation.get("forwardMilliseconds").asDouble() + operation.get("backwardMilliseconds").asDouble();
        assertEquals(json.get("millisecondsPerUpdate").asDouble(), sum, 1e-6 * sum);
        var operations = byName(json);
        assertTrue(operations.get("linear").get("gigaflops").asDouble() > 0);
        assertTrue(operations.get("linear").get("backwardMilliseconds").asDouble() > 0);
        assertTrue(operations.get("layer norm").get("gigabytes").asDouble() > 0);
        assertTrue(operations.get("optimizer").get("calls").asDouble() == 1);
        assertFalse(operations.containsKey("other"), out.toString());
        assertTrue(json.get("idleShare").asDouble() > 0 && json.get("idleShare").asDouble() < 1);
    }

    @Test
    void aProfileOfTranslationAddsUpToTheTimeOfABatch() throws IOException {
        var model = RandomModel.write(folder.resolve("model.safetensors"), RandomModel.LUONG, 3).toString();
        assertEquals(0, run("bench", "translate", model, "--synthetic", "4x5x6", "--seconds", "0.3", "--threads", "2",
                "--profile", "--format", "json"), err.toString(UTF_8));
        var json = new ObjectMapper().readTree(out.toString());
        double sum = json.get("betweenMilliseconds").asDouble();
        for (var operation : json.get("operations")) sum += operation.get("forwardMilliseconds").asDouble();
        double batch = 1e3 * 4 / json.get("sentencesPerSecond").asDouble() * 2; // two side by side
        assertEquals(batch * (1 - json.get("idleShare").asDouble()), sum, 0.01 * batch);
        assertTrue(byName(json).get("output layer").get("gigaflops").asDouble() > 0);
    }

    @Test
    void everyAnswerOfAServerIsCompared() throws IOException {
        var model = RandomModel.write(folder.resolve("model.safetensors"), RandomModel.TRANSFORMER, 3).toString();
        var source = Files.writeString(folder.resolve("source"), "ein Satz\nklein\n\"zwei\"\t\\ Zeichen\n").toString();
        assertEquals(0, run("bench", "serve", model, "--source", source, "--requests", "40", "--clients", "7"),
                err.toString(UTF_8));
        assertTrue(out.toString().endsWith("40 requests of one sentence by 7 clients: 40 answered, 40 right\n"),
                out.toString());
    }

    @Test
    void mistakesAreOneLine() {
        assertMistake("bench serve: --source is missing", "serve", "model.safetensors");
        assertMistake("--profile: of train and translate", "gemm", "--profile");
        assertMistake("bench train: which config or model?", "train");
        assertMistake("--beam: 0, expected at least 1", "gemm", "--beam", "0");
        assertMistake("--seconds: 0.0, expected above 0", "gemm", "--seconds", "0");
        assertMistake("--vocabulary: 4, expected more than the 4 entries", "train", "x", "--vocabulary", "4");
    }

    private void assertMistake(String message, String... arguments) {
        err.reset();
        var all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments));
        assertEquals(2, run(all.toArray(String[]::new)));
        assertTrue(err.toString(UTF_8).startsWith("nmt: " + message), err.toString(UTF_8));
        assertEquals("", out.toString());
    }

    private static Map<String, JsonNode> byName(JsonNode json) {
        var operations = new HashMap<String, JsonNode>();
        for (var operation : json.get("operations")) operations.put(operation.get("operation").asText(), operation);
        return operations;
    }

    private int run(String... arguments) {
        return Main.run(new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false),
                arguments);
    }
}
