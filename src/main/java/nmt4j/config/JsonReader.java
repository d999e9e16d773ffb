package nmt4j.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import nmt4j.Failure;

/// Reads JSON with `//` comments into values that know their line. Bounded in depth; a key given twice is a mistake.
final class JsonReader {
    private static final int DEEPEST = 32;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final JsonParser parser;
    private final String source;
    private final Mistakes mistakes;

    private JsonReader(JsonParser parser, String source, Mistakes mistakes) {
        this.parser = parser;
        this.source = source;
        this.mistakes = mistakes;
    }

    /// The value that `text` is.
    ///
    /// @param source    what to call it in messages
    /// @param mistakes  where a key given twice is reported
    /// @throws Failure  at the first error of syntax, with its line and column
    static Json read(String text, String source, Mistakes mistakes) {
        try {
            return parse(text, source, mistakes);
        } catch (StreamConstraintsException e) {
            throw Failure.mistake(source + ": deeper than " + DEEPEST + " levels, or a number or name too long");
        } catch (JsonProcessingException e) {
            throw Failure.mistake(source + ": " + JsonSyntax.mistake(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The value that `text` is, or the text itself if it is not JSON: what follows `=` on a command line.
    static Json readLeniently(String text, Place place, Mistakes mistakes) {
        try {
            return parse(text, place.source(), mistakes);
        } catch (IOException _) {
            return new Json.Text(text, place);
        }
    }

    private static Json parse(String text, String source, Mistakes mistakes) throws IOException {
        try (var parser = FACTORY.createParser(text)) {
            var reader = new JsonReader(parser, source, mistakes);
            parser.nextToken();
            var value = reader.value("");
            if (parser.nextToken() != null)
                throw new JsonParseException(parser, "text after the end of the value", parser.currentTokenLocation());
            return value;
        }
    }

    /// The value that begins at the current token.
    private Json value(String path) throws IOException {
        var place = place();
        return switch (parser.currentToken()) {
            case null -> throw new JsonParseException(parser, "empty");
            case START_OBJECT -> fields(path, place);
            case START_ARRAY -> items(path, place);
            case VALUE_STRING -> new Json.Text(parser.getText(), place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Number(parser.getText(), place);
            case VALUE_TRUE -> new Json.Truth(true, place);
            case VALUE_FALSE -> new Json.Truth(false, place);
            case VALUE_NULL -> new Json.Null(place);
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private Json.Fields fields(String path, Place place) throws IOException {
        var values = new LinkedHashMap<String, Json>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var inner = KeyPath.field(path, name);
            parser.nextToken();
            var value = value(inner);
            var earlier = values.putIfAbsent(name, value);
            if (earlier != null)
                mistakes.add(value.place(), inner, "given twice");
        }
        return new Json.Fields(values, place);
    }

    private Json.Items items(String path, Place place) throws IOException {
        var values = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY)
            values.add(value(path + "[" + values.size() + "]"));
        return new Json.Items(values, place);
    }

    private Place place() {
        return new Place(source, source.equals(Overrides.OPTION) ? 0 : parser.currentTokenLocation().getLineNr());
    }
}
