package nmt4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// One model, or several that translate together; for `@Mixin`.
final class ModelOptions {
    @Parameters(paramLabel = "MODEL", arity = "1..*",
            description = "A model file, or the folder of a run (then its best model); several are an ensemble.")
    private List<Path> models;

    @Mixin
    private EnsembleOptions ensemble;

    /// For people.
    String names() {
        return models.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    EnsembleOptions.Loaded load() {
        return ensemble.load(models);
    }
}
