package nmt4j.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import nmt4j.evaluation.Evaluation;

/// sacreBLEU's JSON with unrounded numbers: an object for one metric, an array for several. Written by Jackson's
/// generator alone, which is there at once where its object mapper takes its time.
///
/// @param width  decimals of the one text among the numbers, `confidence`
record JsonReport(Streams streams, int width) implements ScoreReport {
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /// Writes one indented JSON value and ends the line.
    static void write(Streams streams, Content content) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            content.writeTo(json);
        }
        streams.println(text.toString());
    }

    @Override
    public void corpus(List<Evaluation> metrics) throws IOException {
        write(streams, json -> {
            if (metrics.size() > 1)
                json.writeStartArray();
            for (var metric : metrics)
                metric(metric, json);
            if (metrics.size() > 1)
                json.writeEndArray();
        });
    }

    private void metric(Evaluation metric, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", metric.score().name());
        json.writeNumberField("score", metric.score().score());
        json.writeStringField("signature", metric.signature().toString());
        if (metric.interval().isPresent()) {
            var interval = metric.interval().get();
            json.writeNumberField("confidence_mean", interval.mean());
            json.writeNumberField("confidence_var", interval.halfWidth());
            json.writeStringField("confidence", Evaluation.confidence(interval, width));
        }
        if (!metric.score().verbose().isEmpty())
            json.writeStringField("verbose_score", metric.score().verbose());
        for (var field : metric.signature().fields())
            json.writeStringField(field.name(), field.value());
        if (!metric.byLength().isEmpty())
            byLength(metric, json);
        if (!metric.groups().isEmpty())
            groups(metric, json);
        json.writeEndObject();
    }

    private static void byLength(Evaluation metric, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("by_length");
        for (var part : metric.byLength()) {
            json.writeStartObject();
            json.writeStringField("words", part.length().label());
            json.writeNumberField("lines", part.length().lines().length);
            json.writeNumberField("score", part.score().score());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void groups(Evaluation metric, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("groups");
        for (var group : metric.groups()) {
            json.writeStartObject();
            json.writeStringField("group", group.label());
            json.writeNumberField("lines", group.sentences());
            json.writeNumberField("exact", group.exact());
            json.writeNumberField("score", group.score().score());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// An array with an object a line: its number and its scores.
    @Override
    public void sentences(List<List<Evaluation>> lines) throws IOException {
        write(streams, json -> {
            json.writeStartArray();
            int number = 1;
            for (var line : lines) {
                json.writeStartObject();
                json.writeNumberField("line", number++);
                for (var metric : line)
                    json.writeNumberField(metric.score().name(), metric.score().score());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
