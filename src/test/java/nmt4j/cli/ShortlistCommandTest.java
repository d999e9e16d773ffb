package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nmt4j.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortlistCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String model;
    private String list;

    @BeforeEach
    void learn() throws IOException {
        model = RandomModel.write(folder.resolve("model.safetensors"), RandomModel.CONVOLUTIONAL, 3).toString();
        list = folder.resolve("list").toString();
        var source = Files.writeString(folder.resolve("source"), "ein Satz\nklein\n\nein kleiner Satz\n").toString();
        var target = Files.writeString(folder.resolve("target"), "Satz\nei\nn\nSatz Satz\n").toString();
        assertEquals(0, run("", "shortlist", model, "--source", source, "--target", target, "--output", list,
                "--frequent", "1", "--best", "0"), err.toString(UTF_8));
    }

    @Test
    void translationsAreOfTheListsWords() throws IOException {
        assertTrue(out.toString().startsWith("3 pairs: 3.0 of "), out.toString()); // one has an empty side
        var frequent = Files.readAllLines(Path.of(list)).get(1);
        for (var line : translate("klein\nSatz\n", "--no-unknown", "--n-best", "4"))
            for (var candidate : line.get("translations"))
                for (var token : candidate.get("tokens")) assertEquals(frequent, token.asText());
    }

    @Test
    void aScoreIsThatOfTheSearch() throws IOException {
        var best = translate("ein kleiner Satz\n").getFirst().get("translations").get(0);
        var tokens = best.get("tokens").valueStream().map(JsonNode::asText).collect(Collectors.joining(" "));
        var source = Files.writeString(folder.resolve("one"), "ein kleiner Satz\n").toString();
        var target = Files.writeString(folder.resolve("two"), tokens + "\n").toString();
        out.getBuffer().setLength(0);
        assertEquals(0, run("", "score", model, "--shortlist", list, "--source", source, "--target", target,
                "--subwords", "--format", "jsonl"), err.toString(UTF_8));
        assertEquals(best.get("logProbability"), new ObjectMapper().readTree(out.toString()).get("logProbability"));
    }

    private List<JsonNode> translate(String input, String... options) throws IOException {
        out.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of("translate", model, "--shortlist", list, "--format", "jsonl"));
        arguments.addAll(List.of(options));
        assertEquals(0, run(input, arguments.toArray(String[]::new)), err.toString(UTF_8));
        var lines = new ArrayList<JsonNode>();
        for (var line : out.toString().lines().toList()) lines.add(new ObjectMapper().readTree(line));
        return lines;
    }

    @Test
    void anotherModelsListIsRefused() throws IOException {
        Files.writeString(Path.of(list), Files.readString(Path.of(list)).replaceFirst("(\n<unk>[^\n]*\n)", "$1xyz"));
        assertEquals(2, run("klein\n", "translate", model, "--shortlist", list));
        assertTrue(err.toString(UTF_8).contains("is no source subword of the model"), err.toString(UTF_8));
    }

    private int run(String input, String... arguments) {
        var in = new ByteArrayInputStream(input.getBytes(UTF_8));
        return Main.run(new Streams(in, out, new PrintStream(err, true, UTF_8), false), arguments);
    }
}
