package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import nmt4j.decoding.AttentionHeads;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What attention counts for in a score, and whose; for `@Mixin`.
final class CoverageOptions {
    @Option(names = "--coverage-penalty", paramLabel = "BETA", defaultValue = "0",
            description = "GNMT's penalty on source words without attention, as part of the score; of beams and of given "
                    + "translations, and of models that have attention.")
    private double coverage;

    @Mixin
    private AttentionLayerOption layer;

    /// β; 0 for none.
    double penalty() {
        require(coverage >= 0 && Double.isFinite(coverage), "--coverage-penalty", coverage, "at least 0");
        return coverage;
    }

    AttentionHeads attention() {
        return AttentionHeads.ofLayer(layer.layer());
    }
}
