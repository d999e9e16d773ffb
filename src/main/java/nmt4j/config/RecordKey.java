package nmt4j.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A key of a record: its component, what it takes, and what is said about it.
record RecordKey(RecordComponent component, Shape shape, Key key) {
    /// Where a key is allowed: where `other` is `value`.
    record Condition(String other, String value) {
        boolean holds(Object otherValue) {
            return Resolved.spelled(otherValue).equals(value);
        }

        String words() {
            return value.equals("null") ? "cannot stand beside " + other : "only for " + other + " " + value;
        }
    }

    /// Read once from each class: reflection is slow, and a list may hold a record a thousand times.
    private static final ClassValue<List<RecordKey>> KEYS = new ClassValue<>() {
        @Override
        protected List<RecordKey> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents())
                    .map(c -> new RecordKey(c, Shape.of(c.getGenericType()), c.getAnnotation(Key.class)))
                    .toList();
        }
    };

    static List<RecordKey> of(Class<? extends Record> type) {
        return KEYS.get(type);
    }

    /// The record with these values, in the order of its keys.
    static <T extends Record> T construct(Class<T> type, Object... values) {
        try {
            var types = Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return component.getName();
    }

    /// A key without a default; records have those of their keys.
    boolean isRequired() {
        return key.initial().isEmpty() && !(shape instanceof Shape.Fields);
    }

    /// An optional key takes null, unless another key decides whether it is there.
    boolean takesNull() {
        return shape instanceof Shape.Maybe && (key.onlyWith().isEmpty() || key.initial().equals("null"));
    }

    Optional<Interval> interval() {
        return key.in().isEmpty() ? Optional.empty() : Optional.of(Interval.parse(key.in()));
    }

    Optional<Condition> condition() {
        int equals = key.onlyWith().indexOf('=');
        return equals < 0
                ? Optional.empty()
                : Optional.of(new Condition(key.onlyWith().substring(0, equals), key.onlyWith().substring(equals + 1)));
    }

    /// What it takes, in words for a message.
    String words() {
        var range = interval().map(i -> (i.closedBelow() ? " of " : " ") + i.words()).orElse("");
        return shape.words() + range + (takesNull() ? ", or null" : "");
    }
}
