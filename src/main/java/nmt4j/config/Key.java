package nmt4j.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a configuration key means and what it may hold. The only place of its default, range and meaning: the reader,
/// the messages and the printed reference all read it here.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /// The meaning, in a few words.
    String value();

    /// The default, as `--set` would spell it. Empty: the defaults of a record's keys; any other key must be given.
    String initial() default "";

    /// The numbers allowed, as an interval: `[0, 1)`, `(0, ∞)`.
    String in() default "";

    /// `key=value`: allowed only where that other key of the record has that value, else empty and not printed.
    String onlyWith() default "";
}
