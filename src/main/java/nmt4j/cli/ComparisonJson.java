package nmt4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import nmt4j.evaluation.Comparison;
import nmt4j.evaluation.Signature;

/// Systems beside a baseline as sacreBLEU's JSON: an array with an object for each system, in it one for each metric.
final class ComparisonJson {
    private ComparisonJson() {}

    static void write(List<Path> systems, List<Verdict> verdicts, Streams streams) throws IOException {
        JsonReport.write(streams, json -> write(systems, verdicts, json));
    }

    private static void write(List<Path> systems, List<Verdict> verdicts, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int s = 0; s < systems.size(); s++) {
            json.writeStartObject();
            json.writeStringField("system", (s == 0 ? "Baseline: " : "") + systems.get(s));
            for (var verdict : verdicts) {
                json.writeFieldName(verdict.metric().name());
                write(verdict.systems().get(s), verdict.signature(), json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(Comparison system, Signature signature, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("score", system.score().score());
        json.writeFieldName("p_value");
        if (system.p().isPresent())
            json.writeNumber(system.p().getAsDouble());
        else
            json.writeNull();
        if (system.interval().isPresent()) {
            json.writeNumberField("mean", system.interval().get().mean());
            json.writeNumberField("ci", system.interval().get().halfWidth());
        } else {
            json.writeNullField("mean");
            json.writeNullField("ci");
        }
        json.writeStringField("signature", signature.toString());
        json.writeEndObject();
    }
}
