package nmt4j.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The keys that a config file and settings give, in place of their defaults.
public final class GivenKeys {
    private final Map<String, Place> places = new HashMap<>();

    private GivenKeys() {}

    /// @param settings  `path=value` each, in place of what the file says
    public static GivenKeys of(Path file, List<String> settings) {
        var mistakes = new Mistakes();
        var given = new GivenKeys();
        given.collect("", Config.fields(ConfigFile.read(file), file.toString(), settings, mistakes));
        mistakes.throwIfAny();
        return given;
    }

    private void collect(String path, Json json) {
        if (json instanceof Json.Fields fields)
            fields.values().forEach((name, value) -> collect(KeyPath.field(path, name), value));
        else places.put(path, json.place());
    }

    boolean contain(String path) {
        return places.containsKey(path);
    }

    Place place(String path) {
        return places.get(path);
    }
}
