package nmt4j.config;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Records back into JSON, every key written out.
final class Resolved {
    private static final Place PLACE = Place.of("config");

    private Resolved() {}

    /// The JSON of a record, a list or a value that a key can hold.
    static Json json(Object value) {
        return switch (value) {
            case Record r -> fields(r);
            case List<?> list -> new Json.Items(list.stream().map(Resolved::json).toList(), PLACE);
            case Optional<?> o -> o.isPresent() ? json(o.get()) : new Json.Null(PLACE);
            case OptionalInt o -> o.isPresent() ? json(o.getAsInt()) : new Json.Null(PLACE);
            case OptionalLong o -> o.isPresent() ? json(o.getAsLong()) : new Json.Null(PLACE);
            case OptionalDouble o -> o.isPresent() ? json(o.getAsDouble()) : new Json.Null(PLACE);
            case Double d -> new Json.Number(written(d), PLACE);
            case Integer i -> new Json.Number(i.toString(), PLACE);
            case Long l -> new Json.Number(l.toString(), PLACE);
            case Boolean b -> new Json.Truth(b, PLACE);
            case Enum<?> e -> new Json.Text(Spelling.of(e), PLACE);
            case Path p -> new Json.Text(p.toString(), PLACE);
            case String s -> new Json.Text(s, PLACE);
            default -> throw new IllegalArgumentException("no key holds a " + value.getClass());
        };
    }

    private static Json fields(Record r) {
        var values = new LinkedHashMap<String, Json>();
        for (var parent : r.getClass().getInterfaces())
            if (parent.isSealed())
                values.put("type", new Json.Text(Spelling.ofVariant(r.getClass()), PLACE));
        var keys = RecordKey.of(r.getClass());
        for (var key : keys)
            if (key.condition().isEmpty() || applies(key.condition().get(), keys, r))
                values.put(key.name(), json(get(key, r)));
        return new Json.Fields(values, PLACE);
    }

    private static boolean applies(RecordKey.Condition condition, List<RecordKey> keys, Record r) {
        return keys.stream().anyMatch(k -> k.name().equals(condition.other()) && condition.holds(get(k, r)));
    }

    private static Object get(RecordKey key, Record r) {
        try {
            return key.component().getAccessor().invoke(r);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A value as `--set` would spell it.
    static String spelled(Object value) {
        return switch (json(value)) {
            case Json.Text(var text, _) -> text;
            case Json other -> JsonWriter.inline(other);
        };
    }

    /// The shortest decimal that reads back as the same number.
    private static String written(double d) {
        var text = Double.toString(d);
        if (!text.contains("E"))
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        return Math.abs(d) >= 1e-5 && Math.abs(d) < 1e15
                ? new BigDecimal(text).toPlainString()
                : text.replace(".0E", "e").replace('E', 'e');
    }

    /// Path and spelling of each value in `json`, in order.
    static Map<String, String> leaves(Json json) {
        var leaves = new LinkedHashMap<String, String>();
        collect("", json, leaves);
        return leaves;
    }

    private static void collect(String path, Json json, Map<String, String> leaves) {
        switch (json) {
            case Json.Fields(var values, _) -> values.forEach((k, v) -> collect(KeyPath.field(path, k), v, leaves));
            case Json.Items(var values, _) -> {
                for (int i = 0; i < values.size(); i++)
                    collect(path + "[" + i + "]", values.get(i), leaves);
            }
            case Json value -> leaves.put(path, JsonWriter.inline(value));
        }
    }
}
