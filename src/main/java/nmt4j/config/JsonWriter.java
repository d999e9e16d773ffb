package nmt4j.config;

import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes JSON for people: what fits on a line stands on one. The same value always gives the same bytes.
final class JsonWriter {
    private static final int COLUMNS = 100;

    private JsonWriter() {}

    static String pretty(Json json) {
        return pretty(json, "") + "\n";
    }

    /// The value on one line.
    static String inline(Json json) {
        return switch (json) {
            case Json.Fields(var values, _) -> values.entrySet().stream()
                    .map(e -> quoted(e.getKey()) + ": " + inline(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Json.Items(var values, _) -> values.stream().map(JsonWriter::inline)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Json.Text(var value, _) -> quoted(value);
            case Json.Number(var value, _) -> value;
            case Json.Truth(var value, _) -> Boolean.toString(value);
            case Json.Null _ -> "null";
        };
    }

    private static String pretty(Json json, String indent) {
        var inline = inline(json);
        if (!indent.isEmpty() && indent.length() + inline.length() <= COLUMNS)
            return inline;
        var deeper = indent + "  ";
        var parts = new ArrayList<String>();
        return switch (json) {
            case Json.Fields(var values, _) -> {
                values.forEach((k, v) -> parts.add(deeper + quoted(k) + ": " + pretty(v, deeper)));
                yield "{\n" + String.join(",\n", parts) + "\n" + indent + "}";
            }
            case Json.Items(var values, _) -> {
                values.forEach(v -> parts.add(deeper + pretty(v, deeper)));
                yield "[\n" + String.join(",\n", parts) + "\n" + indent + "]";
            }
            case Json _ -> inline;
        };
    }

    /// A text in quotes; what a terminal might not show as it is stands as `\\u` and its code.
    static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (isPlain(c))
                        out.appendCodePoint(c);
                    else
                        for (char unit : Character.toChars(c))
                            out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return out.append('"').toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
