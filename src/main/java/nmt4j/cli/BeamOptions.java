package nmt4j.cli;

import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.config.LengthPenaltyConfig;
import picocli.CommandLine.Option;

/// How to search for translations, for `@Mixin`; what is not said is as in the model's config.
final class BeamOptions {
    @Option(names = "--beam", paramLabel = "N", description = "Hypotheses kept at each step; 1 is greedy search.")
    private Optional<Integer> beam = Optional.empty();

    @Option(names = "--length-penalty", paramLabel = "TYPE",
            description = {"How translations of different lengths are compared:",
                    "none, average, gnmt=ALPHA or reward=GAMMA."})
    private Optional<String> penalty = Optional.empty();

    @Option(names = "--min-length", paramLabel = "N", defaultValue = "0",
            description = "The fewest subwords of a translation.")
    private int minimum;

    /// The config with these options in place of what it says.
    DecodingConfig settings(DecodingConfig config) {
        int size = beam.orElse(config.beamSize());
        require(size >= 1, "--beam", size, "at least 1");
        return new DecodingConfig(size, penalty.map(BeamOptions::parse).orElse(config.lengthPenalty()),
                config.maxLength());
    }

    /// The fewest subwords of a translation.
    int minimum() {
        require(minimum >= 0, "--min-length", minimum, "at least 0");
        return minimum;
    }

    private static LengthPenaltyConfig parse(String text) {
        var parts = text.split("=", 2);
        boolean hasNumber = parts.length == 2;
        if (!hasNumber && parts[0].equals("none")) return new LengthPenaltyConfig.None();
        if (!hasNumber && parts[0].equals("average")) return new LengthPenaltyConfig.Average();
        if (hasNumber && parts[0].equals("gnmt")) return new LengthPenaltyConfig.Gnmt(number(parts[1], text));
        if (hasNumber && parts[0].equals("reward")) return new LengthPenaltyConfig.Reward(number(parts[1], text));
        throw mistake(text);
    }

    private static double number(String digits, String text) {
        try {
            double number = Double.parseDouble(digits);
            if (number >= 0 && Double.isFinite(number)) return number;
        } catch (NumberFormatException _) {
            // said below
        }
        throw mistake(text);
    }

    private static Failure mistake(String text) {
        return Failure.mistake(
                "--length-penalty: '" + text + "', expected none, average, gnmt=ALPHA or reward=GAMMA with a number"
                        + " of at least 0");
    }

    static void require(boolean holds, String option, Object got, String expected) {
        if (!holds) throw Failure.mistake(option + ": " + got + ", expected " + expected);
    }
}
