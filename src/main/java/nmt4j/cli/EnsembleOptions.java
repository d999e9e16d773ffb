package nmt4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nmt4j.config.DecodingConfig;
import nmt4j.decoding.Ensemble;
import nmt4j.decoding.Mean;
import nmt4j.lexicon.Shortlist;
import nmt4j.lexicon.ShortlistFile;
import nmt4j.model.LoadedModel;
import nmt4j.tensor.Precision;
import nmt4j.text.TextCodec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How several models translate together; for `@Mixin`.
final class EnsembleOptions {
    @Option(names = "--mean", paramLabel = "TYPE", defaultValue = "geometric",
            description = "How an ensemble averages probabilities: geometric (normalised; the mean of "
                    + "log-probabilities) or arithmetic (default: geometric).")
    private Mean mean;

    @Option(names = "--shortlist", paramLabel = "FILE",
            description = "Translations consist of those words that \"nmt shortlist\" found for the words of their "
                    + "source; probabilities are among those.")
    private Optional<Path> shortlist = Optional.empty();

    @Mixin
    private PrecisionOption precision;

    /// Of matrices, if it was chosen.
    Optional<Precision> precision() {
        return precision.chosen();
    }

    /// Models in memory.
    ///
    /// @param models  those of `ensemble`
    record Loaded(Ensemble ensemble, List<LoadedModel> models) implements AutoCloseable {
        LoadedModel first() {
            return models.getFirst();
        }

        /// What the first model's config says of decoding.
        DecodingConfig decoding() {
            return first().config().decoding();
        }

        /// How all of them write.
        TextCodec target() {
            return first().target();
        }

        @Override
        public void close() {
            models.forEach(LoadedModel::close);
        }
    }

    Loaded load(List<Path> models) {
        var loaded = new ArrayList<LoadedModel>();
        try {
            for (var model : models) loaded.add(Natives.loadWith(model, precision()));
            return new Loaded(ensemble(loaded), loaded);
        } catch (RuntimeException | Error e) {
            loaded.forEach(LoadedModel::close);
            throw e;
        }
    }

    private Ensemble ensemble(List<LoadedModel> loaded) {
        var ensemble = new Ensemble(loaded, mean);
        return shortlist.map(file -> ensemble.with(read(file, loaded.getFirst()))).orElse(ensemble);
    }

    static Shortlist read(Path file, LoadedModel model) {
        return ShortlistFile.read(file, model.source().vocabulary(), model.target().vocabulary());
    }
}
