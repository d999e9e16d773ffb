package nmt4j.training;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import nmt4j.Failure;
import nmt4j.config.TrainingConfig;
import nmt4j.model.ModelFile;

/// The checkpoints that a run has kept, as training.keepLast and training.keepBest say: those that are there are the ones
/// and the others.
public final class KeptCheckpoints {
    private KeptCheckpoints() {}

    /// The n latest, the latest first; fewer if there are no more.
    ///
    /// @throws Failure  if the run does not keep so many of them
    public static List<Path> last(Path run, int n) {
        var latest = RunFolder.checkpoints(run).reversed();
        requireKept(latest, n, "training.keepLast", TrainingConfig::keepLast);
        return latest.stream().limit(n).toList();
    }

    /// The n best by what the run was validated by, the best first, of equal ones the first of the run; fewer if there are no
    /// more.
    ///
    /// @throws Failure  if the run does not keep so many of them
    public static List<Path> best(Path run, int n) {
        var all = RunFolder.checkpoints(run);
        requireKept(all, n, "training.keepBest", TrainingConfig::keepBest);
        return all.stream().sorted(Comparator.comparingDouble(KeptCheckpoints::score).reversed()).limit(n).toList();
    }

    private static void requireKept(List<Path> checkpoints, int n, String key, ToIntFunction<TrainingConfig> kept) {
        if (checkpoints.isEmpty()) return;
        try (var model = ModelFile.describe(checkpoints.getFirst())) {
            int most = kept.applyAsInt(model.config().training());
            if (n > most) throw Failure.mistake(checkpoints.getFirst() + ": its run has " + key + " " + most
                    + ", expected at least " + n + ": what else is there was not kept for that");
        }
    }

    private static double score(Path checkpoint) {
        try (var model = ModelFile.describe(checkpoint)) {
            return Checkpoints.scoreOf(checkpoint, model.config().training().validation().metric());
        }
    }
}
