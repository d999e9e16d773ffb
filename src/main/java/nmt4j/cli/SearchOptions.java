package nmt4j.cli;

import java.util.Optional;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.config.LengthPenaltyConfig;
import nmt4j.decoding.Search;
import nmt4j.decoding.TokenDistribution;
import picocli.CommandLine.Option;

/// How to search for translations, for `@Mixin`; what is not said is as in the model's config.
final class SearchOptions {
    @Option(names = "--beam", paramLabel = "N", description = "Hypotheses kept at each step; 1 is greedy search.")
    private Optional<Integer> beam = Optional.empty();

    @Option(names = "--length-penalty", paramLabel = "TYPE", description = {"How translations of different lengths are compared:",
        "none, average, gnmt=ALPHA or reward=GAMMA."})
    private Optional<String> penalty = Optional.empty();

    @Option(names = "--min-length", paramLabel = "N", defaultValue = "0", description = "The fewest subwords of a translation.")
    private int minimum;

    @Option(names = "--sample", description = "Draw translations at random from the model's distribution.")
    private boolean sample;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "1",
            description = "With --sample: under 1 likely tokens become likelier.")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", defaultValue = "0", description = "With --sample: only the K likeliest tokens.")
    private int topK;

    @Option(names = "--top-p", paramLabel = "P", defaultValue = "1",
            description = "With --sample: only the fewest tokens that hold this share of the probability.")
    private double topP;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "With --sample: of the random numbers.")
    private long seed;

    /// @param config  the model's
    /// @param best    translations wanted of each sentence
    Search search(DecodingConfig config, int best) {
        require(minimum >= 0, "--min-length", minimum, "at least 0");
        require(temperature > 0, "--temperature", temperature, "above 0");
        require(topK >= 0, "--top-k", topK, "at least 1, or 0 for all");
        require(topP > 0 && topP <= 1, "--top-p", topP, "above 0 and at most 1");
        var settings = new DecodingConfig(beam.orElse(config.beamSize()), penalty.map(SearchOptions::parse).orElse(config.lengthPenalty()),
                config.maxLength());
        require(settings.beamSize() >= 1, "--beam", settings.beamSize(), "at least 1");
        return sample ? Search.sampling(settings, best, minimum, new TokenDistribution(temperature, topK, topP), seed)
                : Search.beam(settings, best, minimum);
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
        return Failure.mistake("--length-penalty: '" + text + "', expected none, average, gnmt=ALPHA or reward=GAMMA with a number"
                + " of at least 0");
    }

    static void require(boolean holds, String option, Object got, String expected) {
        if (!holds) throw Failure.mistake(option + ": " + got + ", expected " + expected);
    }
}
