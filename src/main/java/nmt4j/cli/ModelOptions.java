package nmt4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;
import nmt4j.config.DecodingConfig;
import nmt4j.decoding.Ensemble;
import nmt4j.decoding.Mean;
import nmt4j.model.LoadedModel;
import nmt4j.text.TextCodec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One model, or several that translate together; for `@Mixin`.
final class ModelOptions {
    @Parameters(paramLabel = "MODEL", arity = "1..*",
            description = "A model file, or the folder of a run (then its best model); several are an ensemble.")
    private List<Path> models;

    @Option(names = "--mean", paramLabel = "TYPE", defaultValue = "geometric",
            description = "How an ensemble averages probabilities: geometric (normalised; the mean of "
                    + "log-probabilities) or arithmetic (default: geometric).")
    private Mean mean;

    /// Models in memory.
    ///
    /// @param models  those of `ensemble`
    record Loaded(Ensemble ensemble, List<LoadedModel> models) implements AutoCloseable {
        /// What the first model's config says of decoding.
        DecodingConfig decoding() {
            return models.getFirst().config().decoding();
        }

        /// How all of them write.
        TextCodec target() {
            return models.getFirst().target();
        }

        @Override
        public void close() {
            models.forEach(LoadedModel::close);
        }
    }

    Loaded load() {
        var loaded = new ArrayList<LoadedModel>();
        try {
            for (var model : models) loaded.add(Natives.loadWith(model));
            return new Loaded(new Ensemble(loaded, mean), loaded);
        } catch (Failure e) {
            loaded.forEach(LoadedModel::close);
            throw e;
        }
    }
}
