package nmt4j.cli;

import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.config.LengthPenaltyConfig;
import picocli.CommandLine.Option;

/// How translations of different lengths are compared; for `@Mixin`.
final class LengthPenaltyOption {
    @Option(names = "--length-penalty", paramLabel = "TYPE",
            description = {"How translations of different lengths are compared:",
                    "none, average, gnmt=ALPHA or reward=GAMMA."})
    private Optional<String> penalty = Optional.empty();

    /// What the option says, or else the config.
    LengthPenaltyConfig of(DecodingConfig config) {
        return penalty.map(LengthPenaltyOption::parse).orElse(config.lengthPenalty());
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
}
