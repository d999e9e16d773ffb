package nmt4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nmt4j.Failure;
import nmt4j.text.TextCodec;
import nmt4j.text.TokenizerDescription;
import nmt4j.text.Vocabulary;

/// The parts of a model's metadata that are lists and tables, as JSON.
final class CodecJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private CodecJson() {}

    /// A side's codec.
    ///
    /// @param vocabulary  all entries in the order of their ids
    private record Codec(TokenizerDescription tokenizer, List<String> vocabulary, boolean lowercase) {}

    static String write(TextCodec codec) {
        return written(new Codec(codec.tokenizer().description(), codec.vocabulary().tokens(), codec.lowercase()));
    }

    static String write(Map<String, Double> scores) {
        return written(scores);
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param where  for the message, should the text be wrong
    static TextCodec read(String json, String where) {
        try {
            var codec = JSON.readValue(json, Codec.class);
            if (codec == null || codec.tokenizer() == null || codec.vocabulary() == null
                    || codec.vocabulary().stream().anyMatch(Objects::isNull))
                throw Failure.mistake(where + ": needs tokenizer, vocabulary and lowercase");
            return new TextCodec(codec.tokenizer().tokenizer(), Vocabulary.of(codec.vocabulary()), codec.lowercase());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw Failure.mistake(where + ": " + firstLine(e));
        }
    }

    static Map<String, Double> readScores(String json, Path file) {
        try {
            var scores = JSON.readValue(json, new TypeReference<Map<String, Double>>() {});
            if (scores == null || scores.containsValue(null))
                throw Failure.mistake(file + ": scores: expected numbers by name");
            return scores;
        } catch (JsonProcessingException e) {
            throw Failure.mistake(file + ": scores: " + firstLine(e));
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
