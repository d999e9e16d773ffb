package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import nmt4j.config.DecodingConfig;
import nmt4j.decoding.Search;
import nmt4j.decoding.TokenDistribution;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to find translations, by beam search or at random; for `@Mixin`.
final class SearchOptions {
    @Mixin
    private BeamOptions beam;

    @Option(names = "--sample", description = "Draw translations at random from the model's distribution.")
    private boolean sample;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "1",
            description = "With --sample: under 1 likely tokens become likelier.")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", defaultValue = "0",
            description = "With --sample: only the K likeliest tokens.")
    private int topK;

    @Option(names = "--top-p", paramLabel = "P", defaultValue = "1",
            description = "With --sample: only the fewest tokens that hold this share of the probability.")
    private double topP;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "With --sample: of the random numbers.")
    private long seed;

    /// @param config  the model's
    /// @param best    translations wanted of each sentence
    Search search(DecodingConfig config, int best) {
        require(temperature > 0, "--temperature", temperature, "above 0");
        require(topK >= 0, "--top-k", topK, "at least 1, or 0 for all");
        require(topP > 0 && topP <= 1, "--top-p", topP, "above 0 and at most 1");
        var settings = beam.settings(config);
        return sample
                ? Search.sampling(settings, best, beam.minimum(), new TokenDistribution(temperature, topK, topP), seed)
                : Search.beam(settings, best, beam.minimum());
    }
}
