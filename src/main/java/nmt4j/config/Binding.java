package nmt4j.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Turns JSON into records by their components. What is wrong is reported, and replaced by its default so that the rest
/// is looked at too: one pass finds all mistakes.
final class Binding {
    /// Which of the files that a config names have to be there.
    enum FileCheck {
        ALL_MUST_EXIST,
        CORPORA_MUST_EXIST,
        ALL_MAY_BE_ABSENT;

        boolean demands(String path) {
            return switch (this) {
                case ALL_MUST_EXIST -> true;
                case CORPORA_MUST_EXIST -> path.startsWith("data.train[") || path.startsWith("data.validation.");
                case ALL_MAY_BE_ABSENT -> false;
            };
        }
    }

    private static final Place DEFAULT = Place.of("default");

    private final Mistakes mistakes;
    private final FileCheck fileCheck;

    Binding(Mistakes mistakes, FileCheck fileCheck) {
        this.mistakes = mistakes;
        this.fileCheck = fileCheck;
    }

    /// The record that `fields` describe.
    <T extends Record> T record(Class<T> type, Json.Fields fields, String path) {
        return record(type, fields, path, List.of());
    }

    /// @param rivals  the other records that the object's `type` could have selected; none if it has no type
    private <T extends Record> T record(Class<T> type, Json.Fields fields, String path,
            List<Class<? extends Record>> rivals) {
        var keys = RecordKey.of(type);
        reportUnknown(type, keys, fields, path, rivals);
        Map<String, Object> values = new LinkedHashMap<>();
        for (var key : keys)
            if (key.condition().isEmpty())
                values.put(key.name(), keyed(key, fields, path));
        for (var key : keys)
            key.condition().ifPresent(c -> values.put(key.name(), conditional(key, c, values, fields, path)));
        var record = RecordKey.construct(type, keys.stream().map(k -> values.get(k.name())).toArray());
        if (record instanceof Checked checked)
            checked.check((holds, message, names) -> {
                boolean unclear = mistakes.areMany()
                        || Stream.of(names).anyMatch(name -> mistakes.concern(KeyPath.join(path, name)));
                if (!unclear && !holds.getAsBoolean())
                    mistakes.add(place(fields, names), KeyPath.join(path, names[0]), message.get());
            });
        return record;
    }

    private void reportUnknown(Class<?> type, List<RecordKey> keys, Json.Fields fields, String path,
            List<Class<? extends Record>> rivals) {
        var known = keys.stream().map(RecordKey::name).toList();
        fields.values().forEach((name, value) -> {
            if (known.contains(name) || name.equals("type") && !rivals.isEmpty())
                return;
            if (mistakes.areMany()) {
                mistakes.add(value.place(), name, "unknown key");
                return;
            }
            var owners = rivals.stream()
                    .filter(rival -> RecordKey.of(rival).stream().anyMatch(k -> k.name().equals(name)))
                    .map(Spelling::ofVariant).toList();
            var at = KeyPath.field(path, name);
            mistakes.add(value.place(), at, owners.isEmpty()
                    ? "unknown key; " + Spelling.advice(name, at, known, ConfigReference.PATHS)
                    : "not a key of type " + Spelling.ofVariant(type) + ", but of " + Spelling.listed(owners));
        });
    }

    /// The place of the first of `names` that is written down, else that of the record.
    private static Place place(Json.Fields fields, String... names) {
        return Stream.of(names).map(name -> KeyPath.find(fields, name)).flatMap(Optional::stream).findFirst()
                .orElse(fields).place();
    }

    /// The value of a key that is allowed only where another has a certain value.
    private Object conditional(RecordKey key, RecordKey.Condition condition, Map<String, Object> values,
            Json.Fields fields, String path) {
        if (condition.holds(values.get(condition.other())))
            return keyed(key, fields, path);
        var given = fields.values().get(key.name());
        if (given != null && !(given instanceof Json.Null) && !mistakes.concern(KeyPath.field(path, condition.other())))
            mistakes.add(given.place(), KeyPath.field(path, key.name()), condition.words());
        return StandIn.of(key.shape());
    }

    private Object keyed(RecordKey key, Json.Fields fields, String path) {
        var inner = KeyPath.field(path, key.name());
        var json = fields.values().get(key.name());
        if (json != null)
            return value(key, key.shape(), json, inner);
        if (!key.isRequired())
            return initial(key, fields.place(), inner);
        mistakes.add(fields.place(), inner, "missing; expected " + key.words());
        return StandIn.of(key.shape());
    }

    /// A key's default.
    private Object initial(RecordKey key, Place place, String path) {
        return switch (key.shape()) {
            case Shape.Fields(var type) -> record(type, new Json.Fields(Map.of(), place), path);
            case Shape.Variants(var types) -> variant(key, types, new Json.Fields(Map.of(), place), path);
            case Shape shape -> {
                var json = JsonReader.readLeniently(key.key().initial(), DEFAULT, mistakes);
                yield value(key, shape, json, path);
            }
        };
    }

    /// What `json` means for a key of this shape.
    private Object value(RecordKey key, Shape shape, Json json, String path) {
        return switch (shape) {
            case Shape.Maybe(var type, _) when json instanceof Json.Null && key.takesNull() -> StandIn.absent(type);
            case Shape.Maybe(var type, var content) -> present(type, value(key, content, json, path));
            case Shape.Fields(var type) when json instanceof Json.Fields fields -> record(type, fields, path);
            case Shape.Variants(var types) when json instanceof Json.Fields fields -> variant(key, types, fields, path);
            case Shape.ItemsOf(var item) when json instanceof Json.Items items -> items(key, item, items, path);
            case Shape.Int _,Shape.Long _,Shape.Real _ when json instanceof Json.Number number ->
                    number(key, shape, number, path);
            case Shape.Truth _ when json instanceof Json.Truth(boolean truth, _) -> truth;
            case Shape.Text _ when json instanceof Json.Text(var text, _) -> text;
            case Shape.File _ when json instanceof Json.Text text -> file(key, text, path);
            case Shape.Choice(var constants) when json instanceof Json.Text text -> choice(constants, text, path);
            default -> unusable(key, shape, json, path);
        };
    }

    /// Reports a value that a key cannot have, and goes on with another.
    private Object unusable(RecordKey key, Shape shape, Json json, String path) {
        boolean isItem = key.shape() instanceof Shape.ItemsOf(var item) && item == shape;
        return refuse(json, path, json.shown() + "; expected " + (isItem ? shape.words() : key.words()), shape);
    }

    private Object refuse(Json json, String path, String message, Shape shape) {
        mistakes.add(json.place(), path, message);
        return StandIn.of(shape);
    }

    private Object variant(RecordKey key, List<Class<? extends Record>> types, Json.Fields fields, String path) {
        var names = types.stream().map(Spelling::ofVariant).toList();
        var given = fields.values().getOrDefault("type", new Json.Text(key.key().initial(), DEFAULT));
        var inner = KeyPath.field(path, "type");
        int chosen = given instanceof Json.Text(var name, _) ? names.indexOf(name) : -1;
        return chosen >= 0
                ? record(types.get(chosen), fields, path, types)
                : refuse(given, inner, Spelling.correction(given, names), key.shape());
    }

    private List<Object> items(RecordKey key, Shape item, Json.Items items, String path) {
        var values = new ArrayList<>();
        for (int i = 0; i < items.values().size() && !mistakes.areMany(); i++)
            values.add(value(key, item, items.values().get(i), path + "[" + i + "]"));
        return List.copyOf(values);
    }

    private Object number(RecordKey key, Shape shape, Json.Number number, String path) {
        try {
            var value = switch (shape) {
                case Shape.Int _ -> (Number) Integer.valueOf(number.value());
                case Shape.Long _ -> Long.valueOf(number.value());
                default -> Double.valueOf(number.value());
            };
            double x = value.doubleValue();
            boolean allowed = Double.isFinite(x) && key.interval().map(i -> i.contains(x)).orElse(true);
            return allowed ? value : unusable(key, shape, number, path);
        } catch (NumberFormatException _) {
            return unusable(key, shape, number, path);
        }
    }

    private Object choice(List<? extends Enum<?>> constants, Json.Text text, String path) {
        var names = constants.stream().map(Spelling::of).toList();
        int chosen = names.indexOf(text.value());
        return chosen >= 0
                ? constants.get(chosen)
                : refuse(text, path, Spelling.correction(text, names), new Shape.Choice(constants));
    }

    private Object file(RecordKey key, Json.Text text, String path) {
        try {
            var file = Path.of(text.value());
            if (text.value().isBlank())
                return unusable(key, new Shape.File(), text, path);
            if (fileCheck.demands(path) && !Files.exists(file))
                mistakes.add(text.place(), path, text.shown() + ": no such file");
            return file;
        } catch (InvalidPathException _) {
            return unusable(key, new Shape.File(), text, path);
        }
    }

    private static Object present(Class<?> type, Object value) {
        if (type == OptionalInt.class)
            return OptionalInt.of((Integer) value);
        if (type == OptionalLong.class)
            return OptionalLong.of((Long) value);
        if (type == OptionalDouble.class)
            return OptionalDouble.of((Double) value);
        return Optional.of(value);
    }
}
