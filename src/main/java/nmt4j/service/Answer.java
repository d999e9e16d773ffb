package nmt4j.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import nmt4j.Failure;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translation.Candidate;
import nmt4j.text.Whitespace;

/// What is answered, in JSON and UTF-8.
final class Answer {
    private static final JsonFactory JSON = new JsonFactory();

    private Answer() {}

    /// One object for one text, `{"translations": [...]}` for a list.
    static byte[] of(Request request, List<Translation> translations) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(out)) {
            if (request.single()) {
                write(request, 0, translations.getFirst(), json);
            } else {
                json.writeStartObject();
                json.writeArrayFieldStart("translations");
                for (int i = 0; i < translations.size(); i++) write(request, i, translations.get(i), json);
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        return out.toByteArray();
    }

    /// @param line  its number, from 0
    private static void write(Request request, int line, Translation translation, JsonGenerator json)
            throws IOException {
        var source = Whitespace.split(request.lines().get(line));
        json.writeStartObject();
        write(translation.candidates().getFirst(), source, request.options().attention(), json);
        if (translation.failure().isPresent()) json.writeStringField("error", message(translation.failure().get()));
        if (request.options().nBest() > 1) {
            json.writeArrayFieldStart("nBest");
            for (var candidate : translation.candidates()) {
                json.writeStartObject();
                write(candidate, source, request.options().attention(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(Candidate candidate, List<String> source, Options.Attention attention,
            JsonGenerator json) throws IOException {
        json.writeStringField("translation", candidate.text());
        json.writeNumberField("score", candidate.score());
        json.writeNumberField("logProbability", candidate.logProbability());
        if (attention == Options.Attention.NONE || candidate.alignment().isEmpty()) return;
        json.writeFieldName("attention");
        var looked = Looked.of(candidate, source);
        if (attention == Options.Attention.SVG) json.writeString(looked.svg());
        else looked.write(json);
    }

    private static String message(Throwable failure) {
        return failure instanceof Failure ? failure.getMessage() : failure.toString();
    }

    static byte[] of(Refusal refusal) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("error", refusal.getMessage());
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
