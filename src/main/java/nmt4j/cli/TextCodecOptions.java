package nmt4j.cli;

import java.nio.file.Path;
import java.util.List;
import nmt4j.data.TextCodecs;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Whose text codecs, for `@Mixin`.
final class TextCodecOptions {
    @Parameters(paramLabel = "CONFIG|MODEL", description = "A config, a model file, or a run folder.")
    private Path path;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "In place of what the config says; may be repeated.")
    private List<String> settings = List.of();

    TextCodecs codecs() {
        return ConfigOrModel.codecs(path, settings);
    }
}
