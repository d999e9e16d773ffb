package nmt4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final String BEGIN = "<!-- config reference: printed by nmt config --reference -->\n";
    private static final String END = "<!-- end of the config reference -->";

    @Test
    void theReadmeHoldsTheReference() throws IOException {
        var readme = Path.of("README.md");
        assumeTrue(Files.exists(readme), "no README.md yet");
        var text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertTrue(begin >= 0 && end > begin, "README.md has no lines " + BEGIN + END);
        assertEquals(ConfigReference.markdown(), text.substring(begin + BEGIN.length(), end));
    }

    @Test
    void aRowTellsKeyDefaultRangeAndMeaning() {
        var rows = ConfigReference.markdown().lines().toList();
        assertTrue(rows.contains("| `data.maxLength` | `100` | a whole number of at least 1 and at most 65535 | "
                + "subwords a side; longer training pairs are left out and counted |"));
        assertTrue(rows.contains(
                "| `model.maxPositions` (transformer) | `256` | a whole number of at least 1 and at most 65536; "
                        + "only for positions learned | longest sentence with learned positions |"));
        assertTrue(rows.contains("| `data.train[…].source` | required | a file's name in quotes | source side |"));
    }

    @Test
    void everyKeyOfAResolvedConfigIsInTheReference() {
        var tree =
                Resolved.leaves(Resolved.json(ConfigTest.with("", ", \"training\": {\"freeze\": [\"x\"]}"))).keySet();
        for (var path : tree) {
            var key = path.replaceFirst("freeze\\[0]", "freeze").replace("[0]", "[…]");
            assertTrue(key.endsWith(".type") || ConfigReference.PATHS.contains(key), path);
        }
    }

    @Test
    void everyDefaultIsAllowed() {
        for (var model : List.of("transformer", "rnn", "convolutional"))
            ConfigTest.with("", ", \"model\": {\"type\": \"" + model + "\"}");
        for (var cell : List.of("elman", "jordan", "gru", "lstm"))
            ConfigTest.with("", ", \"model\": {\"type\": \"rnn\", \"cell\": \"" + cell + "\"}");
        for (var context : List.of("none", "fixed", "bahdanau", "luong"))
            ConfigTest.with("", ", \"model\": {\"type\": \"rnn\", \"context\": {\"type\": \"" + context + "\"}}");
        for (var tokenizer : List.of("word", "char", "bpe", "rawBpe"))
            ConfigTest.with(", \"tokenizer\": {\"type\": \"" + tokenizer + "\"}", "");
        for (var optimizer : List.of("adam", "adamW", "sgd"))
            ConfigTest.with("", ", \"training\": {\"optimizer\": {\"type\": \"" + optimizer + "\"}}");
        for (var schedule : List.of("constant", "linearWarmup", "inverseSquareRoot", "noam", "plateau"))
            ConfigTest.with(", \"validation\": {\"source\": \"a\", \"target\": \"b\"}",
                    ", \"training\": {\"schedule\": {\"type\": \"" + schedule + "\"}}");
        for (var penalty : List.of("none", "average", "gnmt", "reward"))
            ConfigTest.with("", ", \"decoding\": {\"lengthPenalty\": {\"type\": \"" + penalty + "\"}}");
    }
}
