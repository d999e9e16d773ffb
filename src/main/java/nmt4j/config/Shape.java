package nmt4j.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a key of a Java type takes in JSON.
sealed interface Shape {
    record Int() implements Shape {}

    record Long() implements Shape {}

    record Real() implements Shape {}

    record Truth() implements Shape {}

    record Text() implements Shape {}

    record File() implements Shape {}

    record Choice(List<? extends Enum<?>> constants) implements Shape {}

    record Fields(Class<? extends Record> type) implements Shape {}

    record Variants(List<Class<? extends Record>> types) implements Shape {}

    record ItemsOf(Shape item) implements Shape {}

    record Maybe(Class<?> type, Shape content) implements Shape {}

    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var inner = of(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? new ItemsOf(inner) : new Maybe(Optional.class, inner);
        }
        return ofClass((Class<?>) type);
    }

    private static Shape ofClass(Class<?> type) {
        if (type.isRecord())
            return new Fields(type.asSubclass(Record.class));
        if (type.isSealed())
            return new Variants(Stream.of(type.getPermittedSubclasses())
                    .<Class<? extends Record>>map(c -> c.asSubclass(Record.class)).toList());
        if (type.isEnum())
            return new Choice(Stream.of(type.getEnumConstants()).<Enum<?>>map(c -> (Enum<?>) c).toList());
        return ofValue(type);
    }

    private static Shape ofValue(Class<?> type) {
        if (type == int.class || type == OptionalInt.class)
            return maybe(type, new Int());
        if (type == long.class || type == OptionalLong.class)
            return maybe(type, new Long());
        if (type == double.class || type == OptionalDouble.class)
            return maybe(type, new Real());
        if (type == boolean.class || type == Boolean.class)
            return new Truth();
        if (type == String.class)
            return new Text();
        if (type == Path.class)
            return new File();
        throw new IllegalArgumentException("no key can be of type " + type);
    }

    private static Shape maybe(Class<?> type, Shape shape) {
        return type.isPrimitive() ? shape : new Maybe(type, shape);
    }

    /// What it takes, in words for a message.
    default String words() {
        return switch (this) {
            case Int _,Long _ -> "a whole number";
            case Real _ -> "a number";
            case Truth _ -> "true or false";
            case Text _ -> "a text in quotes";
            case File _ -> "a file's name in quotes";
            case Choice(var constants) -> Spelling.listed(constants.stream().map(Spelling::of).toList());
            case Fields _ -> "an object";
            case Variants(var types) -> "an object with a type: "
                    + Spelling.listed(types.stream().map(Spelling::ofVariant).toList());
            case ItemsOf(var item) -> "a list in [ ]";
            case Maybe(_, var content) -> content.words();
        };
    }
}
