package nmt4j.service;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import nmt4j.decoding.Link;
import nmt4j.decoding.Translation.Candidate;
import nmt4j.report.AttentionPicture;
import nmt4j.report.AttentionSvg;
import nmt4j.text.Whitespace;

/// Where a model looked in the words of a source as it wrote those of a translation.
///
/// @param weights  [T, S]
record Looked(List<String> source, List<String> target, float[][] weights) {
    /// From soft links.
    static Looked of(Candidate candidate, List<String> source) {
        var links = candidate.alignment().orElseThrow();
        var rows = words(Whitespace.split(candidate.text()), links.stream().mapToInt(Link::target).max().orElse(-1));
        var columns = words(source, links.stream().mapToInt(Link::source).max().orElse(-1));
        var weights = new float[rows.size()][columns.size()];
        for (var link : links) weights[link.target()][link.source()] = (float) link.weight();
        return new Looked(columns, rows, weights);
    }

    /// A very long word may have been cut, and so be several.
    private static List<String> words(List<String> words, int last) {
        var all = new ArrayList<>(words);
        while (all.size() <= last) all.add("…");
        return all;
    }

    /// The picture of the report.
    String svg() {
        if (source.isEmpty() || target.isEmpty()) return "";
        var picture = new AttentionPicture(source, target, List.of(new AttentionPicture.Part(1, 1, weights)));
        return AttentionSvg.labelled(picture, weights, "Attention");
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        write("source", source, json);
        write("target", target, json);
        json.writeArrayFieldStart("weights");
        for (var row : weights) {
            json.writeStartArray();
            for (float weight : row) json.writeNumber(weight);
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(String name, List<String> words, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (var word : words) json.writeString(word);
        json.writeEndArray();
    }
}
