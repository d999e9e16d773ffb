package nmt4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nmt4j.Failure;

/// Reads what a run, also one that is still going on, has left in its folder.
public final class RunReader {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
    private static final Pattern VALIDATION = Pattern.compile("validation, update ([\\d,]+): .*");
    private static final Pattern EVENT = Pattern.compile("(?:stopped after|going back to) update ([\\d,]+).*");
    private static final Pattern LINE_END = Pattern.compile("\r?\n");
    private static final Pattern CHECKPOINT = Pattern.compile("update-(\\d{1,18})\\.safetensors");
    private static final String SOURCE = "  source      ";
    private static final String REFERENCE = "  reference   ";
    private static final String TRANSLATION = "  translation ";

    private final List<Run.Point> training = new ArrayList<>();
    private final List<Run.Point> validation = new ArrayList<>();
    private final List<Run.Mark> marks = new ArrayList<>();
    private final List<Map<String, String>> starts = new ArrayList<>();
    private final Map<List<String>, TreeMap<Long, String>> samples = new LinkedHashMap<>();
    private Optional<String> ending = Optional.empty();

    private RunReader() {}

    /// @throws Failure  if there is no run in the folder
    public static Run read(Path folder) {
        var metrics = folder.resolve("metrics.jsonl");
        if (!Files.exists(metrics)) throw Failure.mistake(folder + ": no run: it has no metrics.jsonl");
        var reader = new RunReader();
        lines(metrics).forEach(reader::metric);
        reader.log(lines(folder.resolve("train.log")));
        lines(folder.resolve("starts.jsonl")).forEach(reader::start);
        reader.checkpoints(folder.resolve("checkpoints"));
        var config = folder.resolve("config.json");
        return new Run(folder.toAbsolutePath().normalize().getFileName().toString(),
                Files.exists(config) ? String.join("\n", lines(config)) : "", reader.training, reader.validation,
                reader.sampleList(), reader.marks, reader.starts, reader.ending);
    }

    /// They end at LF, or CR LF, alone: another CR is text of a corpus.
    private static List<String> lines(Path file) {
        try {
            if (!Files.exists(file)) return List.of();
            return List.of(LINE_END.split(new String(Files.readAllBytes(file), UTF_8)));
        } catch (IOException e) {
            throw Failure.machine(file + ": cannot be read: " + Failure.reason(e), e);
        }
    }

    /// There may be many: no trees are made of them. A line that is not whole yet is left for the next time.
    private void metric(String line) {
        var values = new LinkedHashMap<String, Double>();
        var texts = new HashMap<String, String>();
        try (var json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) return;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                var token = json.nextToken();
                if (token.isNumeric()) values.put(name, json.getDoubleValue());
                else if (token.isScalarValue()) texts.put(name, json.getText());
                else json.skipChildren();
            }
        } catch (IOException _) {
            return;
        }
        metric(values, texts);
    }

    private void metric(Map<String, Double> values, Map<String, String> texts) {
        long update = values.getOrDefault("update", 0.0).longValue();
        var point = new Run.Point(update, "true".equals(texts.get("best")), values);
        switch (texts.getOrDefault("event", "")) {
            case "training" -> training.add(point);
            case "validation" -> validation.add(point);
            case "end" -> ending = Optional.of(texts.getOrDefault("reason", ""));
            case String event -> marks.add(new Run.Mark(update, event));
        }
    }

    /// Of a line that is whole.
    private static Optional<JsonNode> parse(String line) {
        try {
            var node = JSON.readTree(line);
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private void start(String line) {
        parse(line).ifPresent(node -> {
            var fields = new LinkedHashMap<String, String>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
            starts.add(fields);
            long update = node.path("update").asLong();
            if (update > 0 && !training.isEmpty() && update < training.getLast().update())
                marks.add(new Run.Mark(update, "resumed"));
        });
    }

    private void checkpoints(Path folder) {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.list(folder)) {
            files.map(file -> CHECKPOINT.matcher(file.getFileName().toString())).filter(Matcher::matches)
                    .map(name -> Long.parseLong(name.group(1))).sorted()
                    .forEach(update -> marks.add(new Run.Mark(update, "checkpoint")));
        } catch (IOException e) {
            throw Failure.machine(folder + ": cannot be listed: " + Failure.reason(e), e);
        }
    }

    private void log(List<String> lines) {
        long update = 0;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var validated = VALIDATION.matcher(line);
            var event = EVENT.matcher(line);
            if (validated.matches()) update = number(validated.group(1));
            else if (event.matches()) marks.add(new Run.Mark(number(event.group(1)),
                    line.startsWith("stopped") ? "stopped" : "gone back"));
            else if (line.startsWith(TRANSLATION) && i >= 2 && lines.get(i - 2).startsWith(SOURCE))
                samples.computeIfAbsent(List.of(lines.get(i - 2).substring(SOURCE.length()),
                        lines.get(i - 1).substring(REFERENCE.length())), _ -> new TreeMap<>())
                        .put(update, line.substring(TRANSLATION.length()));
        }
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }

    private List<Run.Sample> sampleList() {
        var list = new ArrayList<Run.Sample>();
        samples.forEach((pair, versions) -> list.add(new Run.Sample(pair.getFirst(), pair.getLast(),
                versions.entrySet().stream().map(v -> new Run.Version(v.getKey(), v.getValue())).toList())));
        return list;
    }
}
