package nmt4j.cli;

import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to search for translations, for `@Mixin`; what is not said is as in the model's config.
final class BeamOptions {
    @Option(names = "--beam", paramLabel = "N", description = "Hypotheses kept at each step; 1 is greedy search.")
    private Optional<Integer> beam = Optional.empty();

    @Mixin
    private LengthPenaltyOption penalty;

    @Option(names = "--min-length", paramLabel = "N", defaultValue = "0",
            description = "The fewest subwords of a translation.")
    private int minimum;

    /// The config with these options in place of what it says.
    DecodingConfig settings(DecodingConfig config) {
        int size = beam.orElse(config.beamSize());
        require(size >= 1, "--beam", size, "at least 1");
        return new DecodingConfig(size, penalty.of(config),
                config.maxLength());
    }

    /// The fewest subwords of a translation.
    int minimum() {
        require(minimum >= 0, "--min-length", minimum, "at least 0");
        return minimum;
    }

    static void require(boolean holds, String option, Object got, String expected) {
        if (!holds) throw Failure.mistake(option + ": " + got + ", expected " + expected);
    }
}
