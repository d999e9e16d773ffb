package nmt4j.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Sources and their translations, for `@Mixin`.
final class PairFileOptions {
    @Option(names = "--source", required = true, paramLabel = "FILE", description = "Sources, a line each, .gz too.")
    private Path source;

    @Option(names = "--target", required = true, paramLabel = "FILE", description = "Their translations, a line each.")
    private Path target;

    Path source() {
        return source;
    }

    Path target() {
        return target;
    }
}
