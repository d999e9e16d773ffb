package nmt4j.cli;

import static nmt4j.cli.BeamOptions.require;

import nmt4j.decoding.Translator;
import picocli.CommandLine.Option;

/// How much is decoded together, for `@Mixin`.
final class BatchTokensOption {
    @Option(names = "--batch-tokens", paramLabel = "N", defaultValue = "" + Translator.Options.BATCH_TOKENS,
            description = "Source subwords that a thread takes together, counted for each hypothesis of a beam (default: ${DEFAULT-VALUE}).")
    private int tokens;

    int tokens() {
        require(tokens >= 1, "--batch-tokens", tokens, "at least 1");
        return tokens;
    }
}
