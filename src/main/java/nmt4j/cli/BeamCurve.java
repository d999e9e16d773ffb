package nmt4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nmt4j.decoding.BeamPoint;
import nmt4j.decoding.Certificate;
import nmt4j.decoding.SearchErrors;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.References;
import nmt4j.evaluation.Score;

/// Scores by the size of the beam, and what beams miss, if exact search was asked.
record BeamCurve(List<BeamPoint> beams, Optional<SearchErrors> errors, References references) {
    void write(List<Metric> metrics, ScoreReport.Format format, Streams streams) throws IOException {
        switch (format) {
            case TEXT -> {
                for (var line : TextTable.lines(rows(metrics))) streams.println(line);
            }
            case TSV -> {
                for (var row : rows(metrics)) streams.println(String.join("\t", row));
            }
            case JSON -> JsonReport.write(streams, json -> write(metrics, json));
        }
        errors.ifPresent(found -> streams.err().printf(Locale.ROOT,
                "nmt: %,d sentences, the optimum of %,d is proved%n", found.lines(), found.proved()));
    }

    private List<BeamPoint> points() {
        var points = new ArrayList<>(beams);
        errors.ifPresent(found -> points.add(found.exact()));
        return points;
    }

    private List<List<String>> rows(List<Metric> metrics) {
        var head = new ArrayList<>(List.of("beam"));
        for (var metric : metrics) head.add(metric.name());
        head.add("log p");
        if (errors.isPresent()) head.addAll(List.of("errors %", "of proved", "better known %"));
        head.add("empty %");
        var rows = new ArrayList<List<String>>(List.of(head));
        for (var point : points()) rows.add(row(point, metrics));
        return rows;
    }

    private List<String> row(BeamPoint point, List<Metric> metrics) {
        var row = new ArrayList<>(List.of(point.beam() == 0 ? "exact" : Integer.toString(point.beam())));
        for (var metric : metrics) row.add(Score.rounded(metric.score(point.texts(), references).score(), 2));
        row.add(Score.rounded(point.logProbability(), 4));
        errors.ifPresent(found -> row.addAll(List.of(share(found.errors(point), found.proved()),
                Integer.toString(found.proved()), share(found.better(point), found.lines()))));
        row.add(share(point.empty(), point.found().size()));
        return row;
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "–" : Score.rounded(100.0 * part / whole, 1);
    }

    private void write(List<Metric> metrics, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sentences", references.size());
        json.writeArrayFieldStart("beams");
        for (var point : points()) {
            json.writeStartObject();
            if (point.beam() == 0) json.writeStringField("beam", "exact");
            else json.writeNumberField("beam", point.beam());
            for (var metric : metrics)
                json.writeNumberField(metric.name(), metric.score(point.texts(), references).score());
            json.writeNumberField("logProbability", point.logProbability());
            json.writeNumberField("empty", point.empty());
            if (errors.isPresent()) {
                json.writeNumberField("errors", errors.get().errors(point));
                json.writeNumberField("betterKnown", errors.get().better(point));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        if (errors.isPresent()) certificates(errors.get(), json);
        json.writeEndObject();
    }

    private static void certificates(SearchErrors found, JsonGenerator json) throws IOException {
        json.writeNumberField("proved", found.proved());
        json.writeArrayFieldStart("certificates");
        for (int i = 0; i < found.lines(); i++) {
            var certificate = found.certificate(i);
            json.writeStartObject();
            json.writeStringField("certificate", certificate.map(Certificate::toString).orElse("blank line"));
            if (certificate.isPresent()) {
                json.writeNumberField("score", found.exact().found().get(i).candidates().getFirst().score());
                json.writeNumberField("bound", certificate.get().bound());
                json.writeNumberField("steps", certificate.get().steps());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
