package nmt4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import nmt4j.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// For codecs see ModelFileTest and HostileFilesTest.
class CodecJsonTest {
    private static final Path FILE = Path.of("model");

    @Test
    void scoresThatAreNoNumbersOrInfiniteAreKept() {
        var scores = Map.of("bleu", 34.5, "loss", Double.NaN, "perplexity", Double.POSITIVE_INFINITY);
        assertEquals(scores, CodecJson.readScores(CodecJson.write(scores), FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"bleu\": null}", "{\"bleu\": true}", "{\"bleu\": [1]}", "{\"bleu\": \"high\"}"})
    void otherScoresAreRefused(String json) {
        var failure = assertThrows(Failure.class, () -> CodecJson.readScores(json, FILE));
        assertEquals("model: scores: expected numbers by name", failure.getMessage());
    }
}
