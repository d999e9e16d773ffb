package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/// Word vectors out of a model and into another.
class EmbeddingsTest {
    private static final String VECTORS = """
            4 4
            a 1.0 2.0 3.0 4.0
            c -1.0 0.5 0.25 8.0
            x 9.0 9.0 9.0 9.0
            a 5.0 5.0 5.0 5.0
            """;

    @TempDir
    private Path folder;
    private Path vectors;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeFiles() throws IOException {
        vectors = Files.writeString(folder.resolve("vectors.txt"), VECTORS);
        Files.write(folder.resolve("text"), List.of("a b c", "b c", "c a b", "a"));
        Files.writeString(folder.resolve("tiny.json"), """
                {"data": {"train": [{"source": "%1$s/text", "target": "%1$s/text"}], "tokenizer": {"type": "word"}},
                 "model": {"type": "rnn", "cell": "gru", "embeddingSize": 4, "modelSize": 6},
                 "training": {"maxUpdates": 3, "validation": {"everyUpdates": 3}}}""".formatted(folder));
    }

    private void nmt(int expected, String... arguments) {
        var streams = new Streams(InputStream.nullInputStream(), new StringWriter(),
                new PrintStream(err, true, UTF_8), false);
        assertEquals(expected, Main.run(streams, arguments), () -> err.toString(UTF_8));
    }

    private void train(int expected, String run, String... settings) {
        var arguments = new ArrayList<>(List.of("train", folder.resolve("tiny.json").toString(), "--threads", "1",
                "--run", folder.resolve(run).toString()));
        for (var setting : settings) arguments.addAll(List.of("--set", setting));
        nmt(expected, arguments.toArray(String[]::new));
    }

    private List<String> saved(String run, String side) throws IOException {
        var file = folder.resolve(run + "." + side);
        nmt(0, "neighbours", folder.resolve(run).toString(), "--side", side, "--save", file.toString());
        return Files.readAllLines(file).stream().sorted().toList();
    }

    @Test
    void frozenVectorsAreThoseOfTheFileAfterTraining() throws IOException {
        train(0, "run", "model.sourceEmbeddings.file=" + vectors, "model.sourceEmbeddings.freeze=true");
        var said = "model.sourceEmbeddings: " + vectors + ": vectors of 2 of 3 subwords (66.7 %), 1 words stand twice: "
                + "the first counts, frozen";
        assertTrue(err.toString(UTF_8).contains(said), err.toString(UTF_8));
        var source = saved("run", "source");
        assertEquals(List.of("3 4", "a 1.0 2.0 3.0 4.0"), source.subList(0, 2));
        assertEquals("c -1.0 0.5 0.25 8.0", source.getLast());
    }

    @Test
    void vectorsThatAreTrainedFurtherAreNotFarFromThoseOfTheFile() throws IOException {
        train(0, "run", "model.targetEmbeddings.file=" + vectors);
        var a = saved("run", "target").get(1).split(" ");
        assertEquals("a", a[0]);
        assertEquals(2, Double.parseDouble(a[2]), 0.1);
        assertNotEquals("a 1.0 2.0 3.0 4.0", String.join(" ", a));
    }

    @Test
    void whatAModelSavesAnotherStartsWith() throws IOException {
        train(0, "first");
        saved("first", "source");
        train(0, "second", "seed=2", "model.sourceEmbeddings.file=" + folder.resolve("first.source"),
                "model.sourceEmbeddings.freeze=true");
        assertEquals(saved("first", "source"), saved("second", "source"));
    }

    @Test
    void mistakesAreToldBeforeTraining() throws IOException {
        train(2, "one", "model.sourceEmbeddings.file=" + folder.resolve("none.txt"));
        train(2, "two", "model.sourceEmbeddings.file=" + vectors, "model.embeddingSize=5");
        Files.writeString(vectors, "1 4\nfoo 1 2 3 4\n");
        train(2, "three", "model.sourceEmbeddings.file=" + vectors);
        train(2, "four", "model.targetEmbeddings.file=" + vectors, "model.tiedEmbeddings=all");
        var told = err.toString(UTF_8);
        for (var part : List.of("model.sourceEmbeddings.file: \"" + folder.resolve("none.txt") + "\": no such file",
                "line 1: vectors of 4 numbers, expected 5", "none of its 1 words is one of the 3 of the vocabulary",
                "model.targetEmbeddings: with tiedEmbeddings all both sides have one table"))
            assertTrue(told.contains(part), told);
    }
}
