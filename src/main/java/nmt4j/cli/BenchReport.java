package nmt4j.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a benchmark found: sentences for people, and figures by name for programs.
final class BenchReport {
    private final List<String> sentences = new ArrayList<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private Optional<ProfileTable> profile = Optional.empty();

    BenchReport say(String format, Object... values) {
        sentences.add(String.format(Locale.ROOT, format, values));
        return this;
    }

    BenchReport figure(String name, double value) {
        figures.put(name, value);
        return this;
    }

    void profile(ProfileTable table) {
        profile = Optional.of(table);
    }

    void text(Streams streams) throws IOException {
        for (var sentence : sentences) streams.println(sentence);
        if (profile.isPresent()) for (var line : profile.get().lines()) streams.println(line);
        streams.out().flush();
    }

    void json(Streams streams) throws IOException {
        if (figures.isEmpty()) return; // it failed before
        JsonReport.write(streams, json -> {
            json.writeStartObject();
            for (var figure : figures.entrySet()) json.writeNumberField(figure.getKey(), figure.getValue());
            if (profile.isPresent()) profile.get().write(json);
            json.writeEndObject();
        });
    }
}
