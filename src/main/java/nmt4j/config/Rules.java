package nmt4j.config;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Where a record says what must hold between its keys.
interface Rules {
    /// Reports `message` at the first of `keys` unless `holds`; is not asked where one of the keys is already wrong.
    void require(BooleanSupplier holds, Supplier<String> message, String... keys);

    default void require(BooleanSupplier holds, String message, String... keys) {
        require(holds, () -> message, keys);
    }
}
