package nmt4j.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import nmt4j.Failure;

/// The JSON at the start of a `.safetensors` file:
/// `{"__metadata__": {key: text}, name: {"dtype", "shape", "data_offsets"}}`.
///
/// Reading trusts nothing: sizes, counts and depth are bounded before memory is taken, and the tensors must tile the
/// data exactly, without holes, overlaps or bytes left over.
record SafeTensorsHeader(Map<String, String> metadata, SequencedMap<String, TensorInfo> tensors) {
    /// The format's own limit.
    static final int MAX_BYTES = 100_000_000;

    /// The longest text of the metadata.
    static final int MAX_TEXT = 20_000_000;

    private static final int MAX_TENSORS = 100_000;
    private static final int MAX_METADATA = 10_000;
    private static final int MAX_RANK = 16;
    private static final int ALIGNMENT = 8;
    private static final String METADATA = "__metadata__";

    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4).maxNumberLength(20).maxNameLength(1000).maxStringLength(MAX_TEXT).build())
            .build();

    /// The bytes of this header, padded with spaces so that the data after it (and the 8 bytes of its length
    /// before it) is aligned.
    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart(METADATA);
            for (var entry : metadata.entrySet()) json.writeStringField(entry.getKey(), entry.getValue());
            json.writeEndObject();
            for (var tensor : tensors.values()) {
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", tensor.type().name());
                json.writeFieldName("shape");
                json.writeArray(numbers(tensor.shape()), 0, tensor.shape().size());
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {tensor.begin(), tensor.end()}, 0, 2);
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalArgumentException("a name or a text that is not UTF-8", e);
        }
        while (bytes.size() % ALIGNMENT != 0) bytes.write(' ');
        return bytes.toByteArray();
    }

    private static long[] numbers(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }

    /// @param dataSize  the bytes that follow the header
    /// @throws Failure  whose message does not name the file
    static SafeTensorsHeader parse(byte[] bytes, long dataSize) {
        try (var json = JSON.createParser(bytes)) {
            var header = new SafeTensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) header.readEntry(json);
            if (json.nextToken() != null) throw Failure.mistake("text after the end of the header's JSON");
            header.checkTiling(dataSize);
            return header;
        } catch (IOException e) {
            throw Failure.mistake("header is not valid: " + firstLine(e.getMessage()));
        }
    }

    private void readEntry(JsonParser json) throws IOException {
        var name = json.currentName();
        expect(json, json.nextToken(), JsonToken.START_OBJECT);
        if (name.equals(METADATA)) readMetadata(json);
        else tensors.put(name, readTensor(name, json));
        if (tensors.size() > MAX_TENSORS)
            throw Failure.mistake(String.format(Locale.ROOT, "more than %,d tensors", MAX_TENSORS));
    }

    private void readMetadata(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var key = json.currentName();
            expect(json, json.nextToken(), JsonToken.VALUE_STRING);
            metadata.put(key, json.getText());
            if (metadata.size() > MAX_METADATA)
                throw Failure.mistake(String.format(Locale.ROOT, "more than %,d metadata entries", MAX_METADATA));
        }
    }

    private static TensorInfo readTensor(String name, JsonParser json) throws IOException {
        ElementType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "dtype" -> type = readType(name, json);
                case "shape" -> shape = readNumbers(name, json);
                case "data_offsets" -> offsets = readNumbers(name, json);
                default ->
                        throw Failure.mistake("tensor " + quote(name) + ": unknown key " + quote(json.currentName()));
            }
        }
        if (type == null || shape == null || offsets == null || offsets.size() != 2)
            throw Failure.mistake("tensor " + quote(name) + ": needs dtype, shape and two data_offsets");
        return checked(new TensorInfo(name, type, shape, offsets.get(0), offsets.get(1)));
    }

    private static ElementType readType(String name, JsonParser json) throws IOException {
        expect(json, json.nextToken(), JsonToken.VALUE_STRING);
        var type = json.getText();
        return Arrays.stream(ElementType.values()).filter(known -> known.name().equals(type)).findFirst()
                .orElseThrow(() -> Failure.mistake("tensor " + quote(name) + ": unknown dtype " + quote(type)));
    }

    private static List<Long> readNumbers(String name, JsonParser json) throws IOException {
        expect(json, json.nextToken(), JsonToken.START_ARRAY);
        var numbers = new ArrayList<Long>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT);
            long number = json.getLongValue();
            if (number < 0) throw Failure.mistake("tensor " + quote(name) + ": negative number " + number);
            numbers.add(number);
            if (numbers.size() > MAX_RANK)
                throw Failure.mistake("tensor " + quote(name) + ": more than " + MAX_RANK + " dimensions");
        }
        return List.copyOf(numbers);
    }

    private static TensorInfo checked(TensorInfo tensor) {
        try {
            long expected = TensorInfo.bytes(tensor.type(), tensor.shape());
            if (tensor.end() - tensor.begin() != expected)
                throw Failure.mistake(String.format(Locale.ROOT,
                        "tensor %s: %s %s takes %,d bytes, but its data_offsets are %d to %d",
                        quote(tensor.name()), tensor.type(), tensor.shape(), expected, tensor.begin(), tensor.end()));
            return tensor;
        } catch (ArithmeticException e) {
            throw Failure
                    .mistake(String.format(Locale.ROOT, "tensor %s: shape %s is beyond any file", quote(tensor.name()),
                            tensor.shape()));
        }
    }

    private void checkTiling(long dataSize) {
        var inOrder = tensors.values().stream()
                .sorted(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end)).toList();
        long expected = 0;
        for (var tensor : inOrder) {
            if (tensor.begin() != expected)
                throw Failure.mistake(String.format(Locale.ROOT,
                        "tensor %s: starts at byte %,d of the data, expected %,d (%s)",
                        quote(tensor.name()),
                        tensor.begin(), expected, tensor.begin() < expected ? "overlaps another" : "a hole before it"));
            expected = tensor.end();
        }
        if (expected != dataSize)
            throw Failure
                    .mistake(String.format(Locale.ROOT, "its tensors take %,d bytes, but %,d follow the header%s",
                            expected, dataSize,
                            dataSize < expected ? ": the file is cut short" : ""));
    }

    private static void expect(JsonParser json, JsonToken got, JsonToken expected) {
        if (got != expected)
            throw Failure.mistake(
                    String.format(Locale.ROOT, "header is not valid: %s, expected %s, at byte %d", got, expected,
                            json.currentTokenLocation().getByteOffset()));
    }

    /// A name as it may be printed, whatever it holds.
    private static String quote(String name) {
        var quoted = new StringBuilder("\"");
        name.codePoints().limit(80).forEach(c -> {
            if (Character.isISOControl(c) || c == '"' || c == '\\' || Character.getType(c) == Character.FORMAT)
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            else quoted.appendCodePoint(c);
        });
        return quoted.append(name.codePointCount(0, name.length()) > 80 ? "…\"" : "\"").toString();
    }

    private static String firstLine(String message) {
        var line = message.lines().findFirst().orElse("");
        return line.codePoints().limit(200).filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
