package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nmt4j.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `nmt tokenize` and `nmt vocab`.
class TokenizeCommandTest {
    private static final String ODD = "\n \n  two  spaces \n▁ <s>\ta\u2028b\0@@\r\n😀\r\r\nno end";

    @TempDir
    Path folder;

    private Path config;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeConfig() throws IOException {
        Files.writeString(folder.resolve("train.de"), "das haus ist neu\ndas neue haus\n");
        Files.writeString(folder.resolve("train.en"), "the house is new\nthe new house\n");
        config = Files.writeString(folder.resolve("config.json"), """
                {"data": {"train": [{"source": "%1$s/train.de", "target": "%1$s/train.en"}],
                          "tokenizer": {"type": "bpe", "merges": 8}}}""".formatted(folder));
    }

    private String run(int code, String in, String... args) {
        var out = new StringWriter();
        var streams = new Streams(new ByteArrayInputStream(in.getBytes(UTF_8)), out, new PrintStream(err, true, UTF_8),
                false);
        assertEquals(code, Main.run(streams, args), () -> err.toString(UTF_8));
        return out.toString();
    }

    @Test
    void linesBecomeSubwordsAndSubwordsLines() {
        var subwords = run(0, "the new  house\n\nnews\n", "tokenize", config.toString(), "--side", "target");
        assertEquals(3, subwords.lines().count());
        assertTrue(subwords.contains("@@ "), subwords);
        assertEquals("the new house\n\nnews\n",
                run(0, subwords, "tokenize", config.toString(), "--side=source", "--decode"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"char", "rawBpe"})
    void losslessTokenizersGiveEveryLineBack(String type) {
        var set = "--set=data.tokenizer.type=" + type;
        var subwords = run(0, ODD, "tokenize", config.toString(), "--side", "source", set);
        assertEquals(ODD + "\n", run(0, subwords, "tokenize", config.toString(), "--side", "source", set, "--decode"));
    }

    @Test
    void invalidInputIsNamed() {
        run(2, "", "tokenize", config.toString(), "--side", "left");
        run(2, "", "tokenize", folder.resolve("absent.json").toString(), "--side", "source");
        assertEquals(2, err.toString(UTF_8).lines().count(), err.toString(UTF_8));
    }

    /// Another name of a file that is replaced keeps the old content; one that is written into has the new.
    @ParameterizedTest
    @ValueSource(strings = {"bpe", "rawBpe"})
    void whatIsThereIsReplacedAsAWhole(String type) throws IOException {
        var output = folder.resolve("out");
        var vocab = new String[] {"vocab", config.toString(), "--set=data.tokenizer.type=" + type, "--output",
                output.toString(), "--set=data.tokenizer.merges=8"};
        run(0, "", vocab);
        for (var name : List.of("codes", "vocabulary"))
            Files.createLink(folder.resolve(name), output.resolve(name));
        vocab[vocab.length - 1] = "--set=data.tokenizer.merges=2";
        run(0, "", vocab);
        for (var name : List.of("codes", "vocabulary"))
            assertTrue(Files.size(folder.resolve(name)) > Files.size(output.resolve(name)), name);
        try (var files = Files.list(output)) {
            assertEquals(2, files.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void writtenCodesAndVocabulariesServeAConfig(String shared) {
        var separate = "--set=data.vocabulary.shared=" + shared;
        var untied = "--set=model.tiedEmbeddings=none";
        var output = folder.resolve("out");
        var shown = run(0, "", "vocab", config.toString(), separate, untied, "--output", output.toString());
        assertTrue(shown.startsWith(shared.equals("true") ? "both sides: bpe, 8 merges, " : "source: bpe, 6 merges, "),
                shown);
        var suffix = shared.equals("true") ? "" : ".source";
        var learnt = run(0, "das neue haus\n", "tokenize", config.toString(), separate, untied, "--side", "source");
        var read = run(0, "das neue haus\n", "tokenize", config.toString(), untied, "--side", "source",
                "--set=data.tokenizer={\"type\": \"bpe\", \"codes\": \"" + output.resolve("codes" + suffix) + "\"}",
                "--set=data.vocabulary={\"source\": \"%1$s\", \"target\": \"%1$s\"}"
                        .formatted(output.resolve("vocabulary" + suffix)));
        assertEquals(learnt, read);
    }
}
