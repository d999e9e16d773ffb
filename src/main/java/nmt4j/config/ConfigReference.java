package nmt4j.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The reference of all keys, read from the records: one row a key.
public final class ConfigReference {
    private static final String HEAD = """
            | key | default | allowed | meaning |
            |---|---|---|---|
            """;

    /// The paths of all keys of all types.
    static final List<String> PATHS = paths();

    /// A key of the tree of records.
    ///
    /// @param variant  the `type` that has this key, or nothing
    private record Row(String path, String variant, RecordKey key) {
        String markdown() {
            var given = key.key().initial().isEmpty() ? "" : "`" + key.key().initial() + "`";
            var initial = key.isRequired() ? "required" : given;
            var only = key.condition().map(c -> "; " + c.words()).orElse("");
            return "| `" + path + "`" + (variant.isEmpty() ? "" : " (" + variant + ")") + " | " + initial + " | "
                    + key.words() + only + " | " + key.key().value() + " |\n";
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private ConfigReference() {
        collect("", "", Config.class);
    }

    /// All keys as a Markdown table.
    public static String markdown() {
        var table = new StringBuilder(HEAD);
        new ConfigReference().rows.forEach(row -> table.append(row.markdown()));
        return table.toString();
    }

    private static List<String> paths() {
        var paths = new LinkedHashSet<String>();
        new ConfigReference().rows.forEach(row -> paths.add(row.path));
        return List.copyOf(paths);
    }

    private void collect(String path, String variant, Class<? extends Record> type) {
        for (var key : RecordKey.of(type)) {
            var inner = KeyPath.field(path, key.name());
            rows.add(new Row(inner, variant, key));
            collectInside(inner, variant, key.shape());
        }
    }

    private void collectInside(String path, String variant, Shape shape) {
        switch (shape) {
            case Shape.Fields(var type) -> collect(path, variant, type);
            case Shape.Variants(var types) -> types.forEach(type -> collect(path, Spelling.ofVariant(type), type));
            case Shape.ItemsOf(var item) -> collectInside(path + "[…]", variant, item);
            case Shape.Maybe(_, var content) -> collectInside(path, variant, content);
            case Shape.Int _,Shape.Long _,Shape.Real _,Shape.Truth _,Shape.Text _,Shape.File _,Shape.Choice _ -> {
                // nothing inside
            }
        }
    }
}
