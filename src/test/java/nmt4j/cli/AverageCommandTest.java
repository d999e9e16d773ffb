package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Locale;
import nmt4j.Main;
import nmt4j.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AverageCommandTest {
    @TempDir
    private Path folder;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void eachWeightIsTheMean() {
        for (var family : List.of(RandomModel.TRANSFORMER, RandomModel.LUONG, RandomModel.CONVOLUTIONAL)) {
            var models = new ArrayList<Path>();
            for (int seed = 1; seed <= 3; seed++)
                models.add(RandomModel.write(folder.resolve("m" + seed + ".safetensors"), family, seed));
            var mean = folder.resolve("mean.safetensors");
            assertEquals(0, run("average", models.get(0).toString(), models.get(1).toString(),
                    models.get(2).toString(), "--output", mean.toString()));
            var expected = new double[values(mean).length];
            for (var model : models) {
                var values = values(model);
                for (int i = 0; i < values.length; i++) expected[i] += values[i] / 3;
            }
            assertArrayEquals(expected, values(mean), 1e-6);
        }
    }

    @Test
    void theLastOrTheBestCheckpointsOfARunAreAveraged() throws IOException {
        var checkpoints = Files.createDirectories(folder.resolve("run/checkpoints"));
        int[] updates = {8, 3, 5};
        for (int bleu = 1; bleu <= 3; bleu++)
            RandomModel.write(checkpoints.resolve("update-" + updates[bleu - 1] + ".safetensors"), RandomModel.LUONG,
                    bleu);
        var run = folder.resolve("run").toString();
        var mean = folder.resolve("mean.safetensors").toString();
        assertAveraged(List.of("update-8", "update-5"), run, "--last", mean);
        assertAveraged(List.of("update-5", "update-3"), run, "--best", mean);
        Files.delete(checkpoints.resolve("update-3.safetensors"));
        Files.delete(checkpoints.resolve("update-5.safetensors"));
        assertEquals(2, run("average", run, "--last", "2", "--output", mean));
        assertTrue(err.toString(UTF_8).contains("1 checkpoints are kept, expected 2 (see training.keepLast)"));
    }

    /// The third one is there for being good, or late, not for both.
    @Test
    void noMoreAreTakenThanTheRunKeeps() throws IOException {
        var checkpoints = Files.createDirectories(folder.resolve("run/checkpoints"));
        for (int update = 1; update <= 3; update++)
            RandomModel.write(checkpoints.resolve("update-" + update + ".safetensors"), RandomModel.LUONG, update);
        for (var which : List.of("Last", "Best")) {
            err.reset();
            var mean = folder.resolve("mean.safetensors");
            assertEquals(2, run("average", folder.resolve("run").toString(), "--" + which.toLowerCase(Locale.ROOT), "3",
                    "--output", mean.toString()));
            assertTrue(err.toString(UTF_8).contains("its run has training.keep" + which + " 2, expected at least 3"),
                    err.toString(UTF_8));
            assertTrue(Files.notExists(mean));
        }
    }

    private void assertAveraged(List<String> expected, String run, String which, String mean) {
        err.reset();
        assertEquals(0, run("average", run, which, "2", "--output", mean));
        assertEquals(expected, err.toString(UTF_8).lines().skip(1)
                .map(line -> line.replaceAll(".*/|\\.safetensors", "")).toList());
    }

    @Test
    void otherArchitecturesAreRefused() {
        var one = RandomModel.write(folder.resolve("one.safetensors"), RandomModel.LUONG, 1);
        var two = RandomModel.write(folder.resolve("two.safetensors"), RandomModel.TRANSFORMER, 1);
        assertEquals(2, run("average", one.toString(), two.toString(), "--output", folder.resolve("m").toString()));
        assertTrue(err.toString(UTF_8).contains("two.safetensors: another architecture than the first model"));
    }

    private static double[] values(Path model) {
        var values = new ArrayList<Double>();
        try (var loaded = ModelFile.load(model)) {
            for (var parameter : loaded.model().parameters().all())
                for (float value : parameter.value().toArray()) values.add((double) value);
        }
        return values.stream().mapToDouble(value -> value).toArray();
    }

    private int run(String... arguments) {
        return Main.run(new Streams(InputStream.nullInputStream(), new StringWriter(),
                new PrintStream(err, true, UTF_8), false), arguments);
    }
}
