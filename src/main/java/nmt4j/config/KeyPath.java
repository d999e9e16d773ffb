package nmt4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The path of a key, `data.train[0].source`.
final class KeyPath {
    private static final Pattern STEP = Pattern.compile("([A-Za-z][A-Za-z0-9]{0,99})((?:\\[[0-9]{1,6}])*)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,60}");

    /// One step down: into an object by name, or into a list by index.
    sealed interface Step {
        record Name(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    private KeyPath() {}

    /// The path of a field of the object at `path`.
    static String field(String path, String name) {
        var step = PLAIN.matcher(name).matches() ? name : Json.shown(name);
        return path.isEmpty() ? step : path + "." + step;
    }

    /// The path of what `inner` leads to from the object at `path`.
    static String join(String path, String inner) {
        return path.isEmpty() ? inner : path + "." + inner;
    }

    /// The value that names with dots between lead to, if it is there.
    static Optional<Json> find(Json.Fields fields, String names) {
        Json at = fields;
        for (var name : names.split("\\."))
            at = at instanceof Json.Fields(var values, _) ? values.get(name) : null;
        return Optional.ofNullable(at);
    }

    /// The steps of a path, or nothing if the text is no path.
    static Optional<List<Step>> steps(String path) {
        var steps = new ArrayList<Step>();
        for (var part : path.split("\\.", -1)) {
            var matcher = STEP.matcher(part);
            if (!matcher.matches())
                return Optional.empty();
            steps.add(new Step.Name(matcher.group(1)));
            for (var index : matcher.group(2).split("[\\[\\]]+"))
                if (!index.isEmpty())
                    steps.add(new Step.Index(Integer.parseInt(index)));
        }
        return Optional.of(steps);
    }
}
