package nmt4j.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What stands in place of a value that is wrong or not allowed, so that the rest of a config can be looked at. Rules
/// about a wrong value are not asked, so that any value of the right type will do.
final class StandIn {
    private StandIn() {}

    static Object of(Shape shape) {
        return switch (shape) {
            case Shape.Int _ -> 0;
            case Shape.Long _ -> 0L;
            case Shape.Real _ -> 0.0;
            case Shape.Truth _ -> false;
            case Shape.Text _ -> "";
            case Shape.File _ -> Path.of("");
            case Shape.Choice(var constants) -> constants.getFirst();
            case Shape.Fields(var type) -> record(type);
            case Shape.Variants(var types) -> record(types.getFirst());
            case Shape.ItemsOf _ -> List.of();
            case Shape.Maybe(var type, _) -> absent(type);
        };
    }

    private static Record record(Class<? extends Record> type) {
        return RecordKey.construct(type, RecordKey.of(type).stream().map(key -> of(key.shape())).toArray());
    }

    /// The empty value of an optional type.
    static Object absent(Class<?> type) {
        if (type == OptionalInt.class)
            return OptionalInt.empty();
        if (type == OptionalLong.class)
            return OptionalLong.empty();
        if (type == OptionalDouble.class)
            return OptionalDouble.empty();
        return Optional.empty();
    }
}
