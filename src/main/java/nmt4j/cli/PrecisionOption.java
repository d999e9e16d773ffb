package nmt4j.cli;

import java.util.Optional;
import nmt4j.diagnostics.ProductBenchmark.Numbers;
import nmt4j.tensor.Precision;
import picocli.CommandLine.Option;

/// The option `--precision`, for `@Mixin` in commands that translate.
final class PrecisionOption {
    private enum Choice { FLOAT32, INT8, BFLOAT16 }

    @Option(names = "--precision", paramLabel = "TYPE",
            description = "float32, bfloat16 or int8: what matrices are made of; those of a file in another precision are"
                    + " rounded as it is read (default: as the model was written).")
    private Optional<Choice> choice = Optional.empty();

    /// @return empty: as the model was written
    Optional<Precision> chosen() {
        return choice.map(chosen -> switch (chosen) {
            case FLOAT32 -> Precision.FLOAT32;
            case INT8 -> Precision.INT8;
            case BFLOAT16 -> Precision.BFLOAT16;
        });
    }

    /// What `nmt bench gemm` multiplies.
    Numbers ofProducts() {
        return switch (choice.orElse(Choice.FLOAT32)) {
            case FLOAT32 -> Numbers.FLOAT32;
            case INT8 -> Numbers.INT8;
            case BFLOAT16 -> Numbers.BFLOAT16;
        };
    }
}
