package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import nmt4j.text.BpeTokenizer;
import nmt4j.text.CharacterTokenizer;
import nmt4j.text.RawBpeTokenizer;
import nmt4j.text.Tokenizer;
import nmt4j.text.WordTokenizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lines of a megabyte are one line each, in time and memory that grow with their length and not with its square.
@Tag("slow")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LongestLinesTest {
    private static final int CHARACTERS = 1_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"word, true", "word, false", "char, true", "char, false", "bpe, true", "bpe, false", "rawBpe, true",
            "rawBpe, false"})
    void aMegabyteIsOneLine(String type, boolean ofWords) throws IOException, InterruptedException {
        var model = RandomModel.write(folder.resolve("model.safetensors"), RandomModel.LUONG, tokenizer(type), 3);
        var input = Files.writeString(folder.resolve("in"), letters(ofWords) + "\nein Satz\n");
        var output = folder.resolve("out");
        var command = Program.java(List.of("-Xmx400m"), Measured.class,
                List.of("translate", model.toString(), "--beam", "1", "--alignment", "hard", "--format", "jsonl"));
        var process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectOutput(output.toFile()).start();
        var said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("nmt: line 1: longer than the sentences the model knows: translated in "), said);
        assertTrue(Long.parseLong(said.substring(said.lastIndexOf(' ') + 1).strip()) < 800, said);
        assertEquals(2, Files.readAllLines(output).size());
    }

    private static Tokenizer tokenizer(String type) {
        var lines = List.of("ein kleiner Satz");
        return switch (type) {
            case "word" -> new WordTokenizer();
            case "char" -> new CharacterTokenizer();
            case "bpe" -> BpeTokenizer.learn(lines, 5);
            case "rawBpe" -> RawBpeTokenizer.learn(lines, 5);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static String letters(boolean ofWords) {
        var random = new Random(1);
        var letters = new StringBuilder(CHARACTERS);
        while (letters.length() < CHARACTERS)
            letters.append(ofWords && random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
        return letters.toString();
    }
}
