package nmt4j.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nmt4j.Failure;
import nmt4j.config.JsonSyntax;
import nmt4j.text.TextCodec;
import nmt4j.text.TokenizerDescription;
import nmt4j.text.Vocabulary;

/// The parts of a model's metadata that are lists and tables, as JSON. Read token by token: binding it to records takes a
/// program that starts as long as reading the weights.
final class CodecJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TOKENIZER = "tokenizer";
    private static final String TYPE = "type";
    private static final String MERGES = "merges";
    private static final String ALPHABET = "alphabet";
    private static final String VOCABULARY = "vocabulary";
    private static final String LOWERCASE = "lowercase";
    private static final String NUMBERS = "expected numbers by name";

    private CodecJson() {}

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private interface Value<T> {
        T read(JsonParser json) throws IOException;
    }

    static String write(TextCodec codec) {
        return written(json -> {
            var tokenizer = codec.tokenizer().description();
            json.writeObjectFieldStart(TOKENIZER);
            json.writeStringField(TYPE, tokenizer.type());
            write(MERGES, tokenizer.merges(), json);
            write(ALPHABET, tokenizer.alphabet(), json);
            json.writeEndObject();
            write(VOCABULARY, codec.vocabulary().tokens(), json);
            json.writeBooleanField(LOWERCASE, codec.lowercase());
        });
    }

    static String write(Map<String, Double> scores) {
        return written(json -> {
            for (var score : scores.entrySet()) json.writeNumberField(score.getKey(), score.getValue());
        });
    }

    private static void write(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) json.writeString(text);
        json.writeEndArray();
    }

    private static String written(Content content) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// @param where  for the message, should the text be wrong
    static TextCodec read(String text, String where) {
        return read(text, where, CodecJson::codec);
    }

    static Map<String, Double> readScores(String text, Path file) {
        return read(text, file + ": scores", CodecJson::scores);
    }

    private static <T> T read(String text, String where, Value<T> value) {
        try (var json = JSON.createParser(text)) {
            json.nextToken();
            var read = value.read(json);
            if (json.nextToken() != null) throw Failure.mistake("text after its end");
            return read;
        } catch (JsonProcessingException e) {
            throw Failure.mistake(where + ": " + JsonSyntax.mistake(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | Failure e) {
            throw Failure.mistake(where + ": " + e.getMessage());
        }
    }

    private static TextCodec codec(JsonParser json) throws IOException {
        requireObject(json);
        TokenizerDescription tokenizer = null;
        List<String> vocabulary = null;
        Boolean lowercase = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case TOKENIZER -> tokenizer = tokenizer(json);
                case VOCABULARY -> vocabulary = texts(json);
                case LOWERCASE -> lowercase = json.nextBooleanValue();
                default -> throw unknown(json);
            }
        }
        if (tokenizer == null || vocabulary == null || lowercase == null)
            throw Failure.mistake("needs tokenizer, vocabulary and lowercase");
        return new TextCodec(tokenizer.tokenizer(), Vocabulary.of(vocabulary), lowercase);
    }

    private static TokenizerDescription tokenizer(JsonParser json) throws IOException {
        json.nextToken();
        requireObject(json);
        String type = null;
        List<String> merges = null;
        List<String> alphabet = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case TYPE -> type = json.nextTextValue();
                case MERGES -> merges = texts(json);
                case ALPHABET -> alphabet = texts(json);
                default -> throw unknown(json);
            }
        }
        if (type == null || merges == null || alphabet == null)
            throw Failure.mistake("tokenizer: needs type, merges and alphabet");
        return new TokenizerDescription(type, merges, alphabet);
    }

    private static Map<String, Double> scores(JsonParser json) throws IOException {
        requireObject(json);
        var scores = new LinkedHashMap<String, Double>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var value = json.nextToken();
            if (!value.isNumeric() && value != JsonToken.VALUE_STRING) throw Failure.mistake(NUMBERS);
            scores.put(name, number(json.getText()));
        }
        return scores;
    }

    /// NaN and infinity are texts in JSON.
    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw Failure.mistake(NUMBERS);
        }
    }

    private static void requireObject(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) throw Failure.mistake("expected an object in { }");
    }

    private static List<String> texts(JsonParser json) throws IOException {
        var name = json.currentName();
        var texts = new ArrayList<String>();
        if (json.nextToken() != JsonToken.START_ARRAY) throw Failure.mistake(name + ": expected texts in [ ]");
        while (json.nextToken() == JsonToken.VALUE_STRING) texts.add(json.getText());
        if (json.currentToken() != JsonToken.END_ARRAY) throw Failure.mistake(name + ": expected texts in [ ]");
        return texts;
    }

    private static Failure unknown(JsonParser json) throws IOException {
        return Failure.mistake("unknown key " + json.currentName());
    }
}
