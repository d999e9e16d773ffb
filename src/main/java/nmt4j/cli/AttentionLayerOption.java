package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import picocli.CommandLine.Option;

/// Which decoder layer is asked where it looks; for `@Mixin`.
final class AttentionLayerOption {
    @Option(names = "--attention-layer", paramLabel = "N", defaultValue = "0",
            description = "The decoder layer whose attention counts, from 1 (default: the mean of all).")
    private int layer;

    /// From 1; 0 for all.
    int layer() {
        require(layer >= 0, "--attention-layer", layer, "at least 1, or 0 for all");
        return layer;
    }
}
