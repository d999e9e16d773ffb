package nmt4j.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nmt4j.Failure;
import nmt4j.tensor.Parameters;

/// The mean of the weights of several models of one architecture and vocabulary, usually checkpoints of one run (Vaswani et
/// al. 2017, section 6.1): one model that is often better than each.
public final class ModelAverage {
    private ModelAverage() {}

    /// Writes the mean of some models as a model, with the first one's config and the last update.
    ///
    /// @throws Failure  if models differ in more than their weights
    public static void write(List<Path> models, Path output) {
        long update = 0;
        for (var model : models) update = Math.max(update, ModelFile.origin(model).update());
        try (var mean = ModelFile.load(models.getFirst()); var next = ModelFile.load(models.getFirst())) {
            for (int i = 1; i < models.size(); i++) {
                requireSameVocabulary(mean, models.get(i));
                ModelFile.readInto(next.model(), models.get(i));
                approach(mean.model().parameters(), next.model().parameters(), 1.0 / (i + 1));
            }
            ModelFile.write(output, mean, update, Map.of());
        }
    }

    private static void requireSameVocabulary(LoadedModel first, Path path) {
        try (var other = ModelFile.describe(path)) {
            if (!other.config().model().equals(first.config().model()))
                throw Failure.mistake(path + ": another architecture than the first model");
            if (!other.source().vocabulary().equals(first.source().vocabulary())
                    || !other.target().vocabulary().equals(first.target().vocabulary()))
                throw Failure.mistake(path + ": another vocabulary than the first model");
        }
    }

    /// mean += share · (next − mean), of each weight: with shares 1/2, 1/3, … the mean of all so far.
    static void approach(Parameters mean, Parameters next, double share) {
        for (var parameter : mean.all()) {
            var to = parameter.value();
            var from = next.get(parameter.name()).value();
            for (int i = 0; i < to.rows(); i++)
                for (int j = 0; j < to.columns(); j++)
                    to.set(i, j, (float) (to.get(i, j) + share * ((double) from.get(i, j) - to.get(i, j))));
        }
    }
}
