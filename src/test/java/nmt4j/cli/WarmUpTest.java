package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a process does before its vector code is compiled has the bits of what it does later, and so has what it does while one
/// takes the other's place.
class WarmUpTest {
    private static final String TRANSFORMER = """
            "type": "transformer", "modelSize": 16, "feedForwardSize": 24, "numHeads": 2, "encoderLayers": 1,
            "decoderLayers": 2, "dropout": {"residual": 0.2, "attention": 0.2, "feedForward": 0.2}""";
    private static final String BAHDANAU = """
            "type": "rnn", "cell": "lstm", "embeddingSize": 7, "modelSize": 16, "context": {"type": "bahdanau"}""";
    /// Vector code begins never, with the first row, or after some.
    private static final List<String> WARM_UPS = List.of(Long.toString(Long.MAX_VALUE), "0", "500");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"transformer, float32", "transformer, int8", "bahdanau, float32"})
    void translationsAndTheirScoresAreTheSame(String model, String precision) throws Exception {
        var file = RandomModel.write(folder.resolve("model.safetensors"),
                model.equals("transformer") ? TRANSFORMER : BAHDANAU, 3);
        var lines = folder.resolve("lines");
        Files.write(lines, IntStream.range(0, 12).mapToObj(i -> "ein kleiner Satz ".repeat(1 + i % 4)).toList(), UTF_8);
        var translations = folder.resolve("translations");
        String expected = null;
        for (var warmUp : WARM_UPS) {
            run(warmUp, List.of("translate", file.toString(), "--input", lines.toString(), "--output",
                    translations.toString(), "--precision", precision, "--format", "jsonl"));
            var actual = Files.readString(translations, UTF_8);
            assertEquals(12, actual.lines().count());
            if (expected != null) assertEquals(expected, actual, warmUp);
            expected = actual;
        }
    }

    @Test
    void trainedModelsAreTheSame() throws Exception {
        var text = Files.writeString(folder.resolve("text"), "ein kleiner Satz\nkein Satz\n".repeat(20), UTF_8);
        var config = Files.writeString(folder.resolve("config.json"),
                """
                {"data": {"train": [{"source": "%1$s", "target": "%1$s"}], "tokenizer": {"type": "word"}},
                 "model": {%2$s},
                 "training": {"batch": {"size": 60}, "maxUpdates": 6, "schedule": {"type": "constant", "rate": 0.01}}}"""
                        .formatted(text, TRANSFORMER),
                UTF_8);
        byte[] expected = null;
        for (var warmUp : WARM_UPS) {
            var run = folder.resolve("run-" + warmUp);
            run(warmUp, List.of("train", config.toString(), "--run", run.toString()));
            var actual = Files.readAllBytes(run.resolve("last.safetensors"));
            if (expected != null) assertArrayEquals(expected, actual, warmUp);
            expected = actual;
        }
    }

    private void run(String warmUp, List<String> arguments) throws IOException, InterruptedException {
        var log = folder.resolve("log").toFile();
        var process = new ProcessBuilder(Program.nmt(List.of("-Dnmt.warmUp=" + warmUp), arguments))
                .redirectOutput(Redirect.DISCARD).redirectError(log).start();
        int code = process.waitFor();
        assertEquals(0, code, () -> {
            try {
                return Files.readString(log.toPath());
            } catch (IOException e) {
                return e.toString();
            }
        });
    }
}
