package nmt4j.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// One line of a file of golden cases: texts, sacreBLEU's options by its own names, and what sacreBLEU said.
record GoldenCase(JsonNode json) {
    static List<GoldenCase> read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    static List<GoldenCase> resource(String name) throws IOException {
        try (var in = GoldenCase.class.getResourceAsStream("/evaluation/" + name)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<GoldenCase> parse(String lines) throws IOException {
        var mapper = new ObjectMapper();
        var cases = new ArrayList<GoldenCase>();
        for (var line : lines.split("\n"))
            cases.add(new GoldenCase(mapper.readTree(line)));
        return cases;
    }

    List<String> hypotheses() {
        return strings(json.get("hyps"));
    }

    References references() {
        var streams = new ArrayList<List<String>>();
        json.get("refs").forEach(stream -> streams.add(strings(stream)));
        return References.ofStreams(streams);
    }

    String text(String field) {
        return json.get(field).asText();
    }

    boolean isSentence() {
        return option("level").asText("corpus").equals("sentence");
    }

    Score score() {
        return isSentence() ? metric().sentenceScore(hypotheses().getFirst(), references().lines().getFirst())
                : metric().score(hypotheses(), references());
    }

    Metric metric() {
        return switch (json.get("metric").asText()) {
            case "bleu" -> new Bleu(BleuTokenizer.named(option("tokenize").asText("13a")).orElseThrow(),
                    option("lowercase").asBoolean(), smoothing(), option("max_ngram_order").asInt(4),
                    option("effective_order").asBoolean());
            case "chrf" -> new Chrf(option("char_order").asInt(6), option("word_order").asInt(0),
                    option("beta").asInt(2), option("lowercase").asBoolean(), option("whitespace").asBoolean(),
                    option("eps_smoothing").asBoolean());
            case "ter" -> new Ter(option("normalized").asBoolean(), option("no_punct").asBoolean(),
                    option("asian_support").asBoolean(), option("case_sensitive").asBoolean());
            default -> throw new IllegalArgumentException(json.get("metric").asText());
        };
    }

    private Smoothing smoothing() {
        return switch (option("smooth_method").asText("exp")) {
            case "exp" -> new Smoothing.Exponential();
            case "floor" -> new Smoothing.Floor(option("smooth_value").asDouble(Smoothing.Floor.DEFAULT));
            case "add-k" -> new Smoothing.AddK(option("smooth_value").asDouble(Smoothing.AddK.DEFAULT));
            case "none" -> new Smoothing.None();
            default -> throw new IllegalArgumentException();
        };
    }

    private JsonNode option(String name) {
        return json.get("options").path(name);
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(text -> strings.add(text.isNull() ? null : text.asText()));
        return strings;
    }
}
