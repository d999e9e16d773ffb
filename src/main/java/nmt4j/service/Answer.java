package nmt4j.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import nmt4j.Failure;
import nmt4j.decoding.Translation;
import nmt4j.decoding.Translation.Candidate;

/// What is answered, in JSON.
final class Answer {
    private static final JsonFactory JSON = new JsonFactory();

    private Answer() {}

    /// One object for one text, `{"translations": [...]}` for a list.
    static void write(Request request, List<Translation> translations, OutputStream out) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            if (request.single()) {
                write(translations.getFirst(), request, json);
            } else {
                json.writeStartObject();
                json.writeArrayFieldStart("translations");
                for (var translation : translations) write(translation, request, json);
                json.writeEndArray();
                json.writeEndObject();
            }
        }
    }

    private static void write(Translation translation, Request request, JsonGenerator json) throws IOException {
        json.writeStartObject();
        write(translation.candidates().getFirst(), json);
        if (translation.failure().isPresent()) json.writeStringField("error", message(translation.failure().get()));
        if (request.options().nBest() > 1) {
            json.writeArrayFieldStart("nBest");
            for (var candidate : translation.candidates()) {
                json.writeStartObject();
                write(candidate, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(Candidate candidate, JsonGenerator json) throws IOException {
        json.writeStringField("translation", candidate.text());
        json.writeNumberField("score", candidate.score());
        json.writeNumberField("logProbability", candidate.logProbability());
    }

    private static String message(Throwable failure) {
        return failure instanceof Failure ? failure.getMessage() : failure.toString();
    }

    static void write(Refusal refusal, OutputStream out) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("error", refusal.getMessage());
            json.writeEndObject();
        }
    }
}
