package nmt4j.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The command line's `--set path=value`, applied to a config before it is bound.
///
/// A value is JSON, or else a plain string. A changed `type` starts that object afresh, without the other type's keys.
/// Types are therefore set first, whatever their place on the command line.
final class Overrides {
    static final String OPTION = "--set";
    private static final Place PLACE = Place.of(OPTION);

    private record Override(String path, List<KeyPath.Step> steps, Json value) {
        boolean setsType() {
            return steps.getLast() instanceof KeyPath.Step.Name(var name) && name.equals("type");
        }
    }

    private final Mistakes mistakes;

    private Overrides(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /// Applies `settings` to `config` in place; reports what leads nowhere, and leaves what is unknown to the binding.
    static void apply(List<String> settings, Json.Fields config, Mistakes mistakes) {
        var overrides = new Overrides(mistakes);
        settings.stream()
                .flatMap(setting -> overrides.parse(setting).stream())
                .sorted(Comparator.comparing(Override::setsType).reversed())
                .forEach(override -> overrides.apply(override, config));
    }

    private Optional<Override> parse(String setting) {
        int equals = setting.indexOf('=');
        var path = setting.substring(0, Math.max(0, equals)).strip();
        var steps = KeyPath.steps(path);
        if (steps.isEmpty())
            mistakes.add(PLACE, "", Json.shown(setting) + "; expected path=value, such as training.maxEpochs=3");
        return steps.map(
                s -> new Override(path, s, JsonReader.readLeniently(setting.substring(equals + 1), PLACE, mistakes)));
    }

    private void apply(Override override, Json.Fields config) {
        Json at = config;
        var steps = override.steps();
        for (int i = 0; i < steps.size(); i++) {
            var inner = i + 1 == steps.size() ? override.value() : container(at, steps.get(i), steps.get(i + 1));
            if (!put(at, steps.get(i), inner)) {
                mistakes.add(PLACE, override.path(), at instanceof Json.Items items
                        ? "the list has only " + items.values().size() + " so far"
                        : "there is nothing to set inside of " + at.shown());
                return;
            }
            at = inner;
        }
    }

    /// What the step leads to, or a new object or list for the next step where there is nothing.
    private static Json container(Json at, KeyPath.Step step, KeyPath.Step next) {
        var found = switch (step) {
            case KeyPath.Step.Name(var name) -> at instanceof Json.Fields fields ? fields.values().get(name) : null;
            case KeyPath.Step.Index(int index) ->
                    at instanceof Json.Items items && index < items.values().size() ? items.values().get(index) : null;
        };
        return switch (found) {
            case null -> created(next);
            case Json.Null _ -> created(next);
            default -> found;
        };
    }

    private static Json created(KeyPath.Step next) {
        return switch (next) {
            case KeyPath.Step.Name _ -> new Json.Fields(new LinkedHashMap<>(), PLACE);
            case KeyPath.Step.Index _ -> new Json.Items(new ArrayList<>(), PLACE);
        };
    }

    /// Puts a value where the step leads from `at`; false if it leads nowhere.
    private static boolean put(Json at, KeyPath.Step step, Json value) {
        return switch (step) {
            case KeyPath.Step.Name(var name) -> at instanceof Json.Fields fields && put(fields, name, value);
            case KeyPath.Step.Index(int index) -> at instanceof Json.Items items && put(items.values(), index, value);
        };
    }

    private static boolean put(Json.Fields fields, String name, Json value) {
        var before = fields.values().get("type");
        if (name.equals("type") && before != null && !before.shown().equals(value.shown()))
            fields.values().clear();
        fields.values().put(name, value);
        return true;
    }

    private static boolean put(List<Json> items, int index, Json value) {
        if (index > items.size())
            return false;
        if (index == items.size())
            items.add(value);
        else
            items.set(index, value);
        return true;
    }
}
