package nmt4j.config;

import java.util.List;
import java.util.Map;

/// A JSON value that knows where it stands.
sealed interface Json {
    Place place();

    record Fields(Map<String, Json> values, Place place) implements Json {}

    record Items(List<Json> values, Place place) implements Json {}

    record Text(String value, Place place) implements Json {}

    /// A number as it was written.
    record Number(String value, Place place) implements Json {}

    record Truth(boolean value, Place place) implements Json {}

    record Null(Place place) implements Json {}

    /// The value for a message, as JSON and short.
    default String shown() {
        return switch (this) {
            case Fields _ -> "an object";
            case Items _ -> "a list";
            case Text(var value, _) -> shown(value);
            case Number(var value, _) -> Mistakes.shortened(value);
            case Truth(var value, _) -> Boolean.toString(value);
            case Null _ -> "null";
        };
    }

    /// A text for a message: quoted, short, without control characters.
    static String shown(String text) {
        return JsonWriter.quoted(Mistakes.shortened(text));
    }
}
