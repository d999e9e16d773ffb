package nmt4j.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import nmt4j.config.JsonSyntax;

/// The body of `POST /translate`.
///
/// ```json
/// {"text": "ein Hund .", "beam": 5, "nBest": 3}
/// {"text": ["ein Hund .", "zwei Hunde ."], "sample": true, "topK": 10, "attention": "weights"}
/// ```
///
/// @param lines   texts without line ends
/// @param single  whether `text` was one text and not a list
record Request(List<String> lines, boolean single, Options options) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /// Options of `nmt translate` that cost no more than a beam does.
    private static final Set<String> SEARCH = new TreeSet<>(Set.of("beam", "lengthPenalty", "minLength", "maxLength",
            "earlyStopping", "coveragePenalty", "noRepeatNgram", "repetitionPenalty", "noUnknown", "sample",
            "temperature", "topK", "topP", "seed"));
    private static final List<String> OWN = List.of("text", "nBest", "attention");
    private static final int MOST = 200;
    /// Subwords of a translation: with more, a search takes memory and time with the square.
    private static final int LONGEST = 1000;

    static Request parse(byte[] body, Limits limits) throws Refusal {
        var root = object(body);
        var text = root.path("text");
        if (!text.isTextual() && !text.isArray())
            throw new Refusal(400, "text: " + kind(text) + ", expected a string or a list of strings");
        var lines = lines(text);
        if (lines.size() > limits.lines())
            throw new Refusal(413, "text: " + lines.size() + " texts, expected at most " + limits.lines());
        return new Request(lines, text.isTextual(), options(root));
    }

    private static Options options(JsonNode root) throws Refusal {
        var search = new TreeMap<String, String>();
        for (var entry : root.properties()) {
            var key = entry.getKey();
            if (OWN.contains(key)) continue;
            if (!SEARCH.contains(key))
                throw new Refusal(400,
                        key + ": unknown key; expected " + String.join(", ", OWN) + ", " + String.join(", ", SEARCH));
            if (!entry.getValue().isValueNode() || entry.getValue().isNull())
                throw new Refusal(400, key + ": " + kind(entry.getValue()) + ", expected a value");
            search.put(key, entry.getValue().asText());
        }
        number(root, "beam", 1, MOST);
        number(root, "minLength", 0, LONGEST);
        number(root, "maxLength", 1, LONGEST);
        return new Options(search, number(root, "nBest", 1, MOST).orElse(1), attention(root.path("attention")));
    }

    private static Options.Attention attention(JsonNode kind) throws Refusal {
        if (kind.isMissingNode()) return Options.Attention.NONE;
        return switch (kind.asText()) {
            case "weights" -> Options.Attention.WEIGHTS;
            case "svg" -> Options.Attention.SVG;
            default -> throw new Refusal(400, "attention: " + kind + ", expected \"weights\" or \"svg\"");
        };
    }

    private static JsonNode object(byte[] body) throws Refusal {
        try {
            var root = JSON.readTree(body);
            if (!root.isObject()) throw new Refusal(400, "the body: " + kind(root) + ", expected a JSON object");
            return root;
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "the body: " + JsonSyntax.mistake(e));
        } catch (IOException e) {
            throw new Refusal(400, "the body is not JSON in UTF-8: " + e.getMessage());
        }
    }

    private static List<String> lines(JsonNode text) throws Refusal {
        if (text.isTextual()) return List.of(line(text.textValue(), "text"));
        var lines = new ArrayList<String>();
        for (var each : text) {
            var path = "text[" + lines.size() + "]";
            if (!each.isTextual()) throw new Refusal(400, path + ": " + kind(each) + ", expected a string");
            lines.add(line(each.textValue(), path));
        }
        return lines;
    }

    private static String line(String text, String path) throws Refusal {
        if (text.indexOf('\n') >= 0) throw new Refusal(400, path + ": has a line feed; expected one sentence a string");
        return text;
    }

    private static OptionalInt number(JsonNode root, String key, int least, int most) throws Refusal {
        var value = root.path(key);
        if (value.isMissingNode()) return OptionalInt.empty();
        if (!value.isInt() || value.intValue() < least || value.intValue() > most)
            throw new Refusal(400, key + ": " + value + ", expected a whole number from " + least + " to " + most);
        return OptionalInt.of(value.intValue());
    }

    private static String kind(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
