package nmt4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nmt4j.diagnostics.corpus.CorpusFindings;
import nmt4j.diagnostics.corpus.Defect;

/// What `nmt check data` found, for people and for programs.
record DataReport(List<CorpusFindings> findings, List<CheckDataCommand.CoverageOf> coverage) {
    private static final int SNIPPET = 70;

    void print(Streams streams) throws IOException {
        for (var corpus : findings) print(corpus, streams);
        if (coverage.isEmpty()) return;
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("vocabulary", "lines", "words", "subwords", "a word", "unknown"));
        for (var of : coverage) {
            var c = of.coverage();
            rows.add(List.of(of.file().toString(), count(c.lines()), count(c.words()), count(c.subwords()),
                    String.format(Locale.ROOT, "%.2f", c.fertility()), share(c.unknown(), c.subwords())));
        }
        for (var line : TextTable.lines(rows)) streams.println(line);
    }

    private static void print(CorpusFindings corpus, Streams streams) throws IOException {
        streams.println(String.format(Locale.ROOT, "%s, %s: %,d pairs, %s without a finding", corpus.files().source(),
                corpus.files().target(), corpus.pairs(), share(corpus.clean(), corpus.pairs())));
        if (corpus.unequal().isPresent()) streams.println("  " + unequal(corpus.unequal().get()));
        for (var defect : Defect.values())
            if (corpus.count(defect) > 0) print(defect, corpus, streams);
        streams.println("");
    }

    private static String unequal(CorpusFindings.Unequal lines) {
        var place = lines.shift().isPresent()
                ? String.format(Locale.ROOT, "; the first pair that looks shifted is line %,d",
                        lines.shift().getAsLong())
                : "";
        return String.format(Locale.ROOT, "unequal: %,d and %,d lines%s", lines.sourceLines(), lines.targetLines(),
                place);
    }

    private static void print(Defect defect, CorpusFindings corpus, Streams streams) throws IOException {
        streams.println(String.format(Locale.ROOT, "  %s: %,d (%s): %s", defect, corpus.count(defect),
                share(corpus.count(defect), corpus.pairs()), defect.description()));
        for (var example : corpus.examples(defect)) {
            var heldOut = defect == Defect.HELD_OUT ? example.heldOut().map(place -> " = " + place).orElse("") : "";
            streams.println(String.format(Locale.ROOT, "    line %,d%s: %s ||| %s", example.line(), heldOut,
                    snippet(example.source()), snippet(example.target())));
        }
    }

    /// The start of a line, with what does not print written as an escape.
    private static String snippet(String line) {
        var text = new StringBuilder();
        for (int i = 0; i < line.length() && text.length() < SNIPPET; i++) {
            char c = line.charAt(i);
            int type = Character.getType(c);
            boolean prints = type != Character.CONTROL && type != Character.FORMAT && type != Character.PRIVATE_USE
                    && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
            if (prints) text.append(c);
            else text.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
        }
        return text.length() < SNIPPET ? text.toString() : text + "…";
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String share(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f %%", whole == 0 ? 0 : 100.0 * part / whole);
    }

    void printJson(Streams streams) throws IOException {
        JsonReport.write(streams, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("corpora");
            for (var corpus : findings) write(corpus, json);
            json.writeEndArray();
            json.writeArrayFieldStart("vocabulary");
            for (var of : coverage) {
                json.writeStartObject();
                json.writeStringField("file", of.file().toString());
                json.writeNumberField("lines", of.coverage().lines());
                json.writeNumberField("words", of.coverage().words());
                json.writeNumberField("subwords", of.coverage().subwords());
                json.writeNumberField("unknown", of.coverage().unknown());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(CorpusFindings corpus, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", corpus.files().source().toString());
        json.writeStringField("target", corpus.files().target().toString());
        json.writeNumberField("pairs", corpus.pairs());
        json.writeNumberField("clean", corpus.clean());
        json.writeNumberField("dropped", corpus.dropped());
        if (corpus.unequal().isPresent()) {
            var lines = corpus.unequal().get();
            json.writeNumberField("sourceLines", lines.sourceLines());
            json.writeNumberField("targetLines", lines.targetLines());
            if (lines.shift().isPresent()) json.writeNumberField("firstShifted", lines.shift().getAsLong());
        }
        json.writeObjectFieldStart("defects");
        for (var defect : Defect.values())
            if (corpus.count(defect) > 0) write(defect, corpus, json);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(Defect defect, CorpusFindings corpus, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(defect.name().toLowerCase(Locale.ROOT));
        json.writeNumberField("pairs", corpus.count(defect));
        json.writeArrayFieldStart("examples");
        for (var example : corpus.examples(defect)) {
            json.writeStartObject();
            json.writeNumberField("line", example.line());
            json.writeStringField("source", example.source());
            json.writeStringField("target", example.target());
            if (defect == Defect.HELD_OUT) json.writeStringField("heldOut", example.heldOut().orElse(""));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
