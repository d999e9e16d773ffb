package nmt4j.cli;

import java.util.Optional;
import nmt4j.tensor.Precision;
import picocli.CommandLine.Option;

/// The option `--precision`, for `@Mixin` in commands that translate.
final class PrecisionOption {
    @Option(names = "--precision", paramLabel = "TYPE",
            description = "float32, bfloat16 or int8: what matrices are made of; those of a file in another precision are"
                    + " converted as it is read (default: as the model was written).")
    private Optional<Precision> chosen = Optional.empty();

    /// @return empty: as the model was written
    Optional<Precision> chosen() {
        return chosen;
    }
}
