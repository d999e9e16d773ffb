package nmt4j.cli;

import nmt4j.decoding.SubwordAttention.Moment;
import picocli.CommandLine.Option;

/// Which step's attention is that of a target word; for `@Mixin`.
final class AttentionOfOption {
    @Option(names = "--attention-of", paramLabel = "STEP", defaultValue = "predicting",
            description = "Whose attention is a target word's: that of the step predicting it (default) or reading "
                    + "it.")
    private Moment moment;

    Moment moment() {
        return moment;
    }
}
