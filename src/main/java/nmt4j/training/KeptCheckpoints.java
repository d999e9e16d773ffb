package nmt4j.training;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import nmt4j.model.ModelFile;

/// The checkpoints that a run has kept, as training.keepLast and training.keepBest say.
public final class KeptCheckpoints {
    private KeptCheckpoints() {}

    /// The n latest, the latest first; fewer if there are no more.
    public static List<Path> last(Path run, int n) {
        return RunFolder.checkpoints(run).reversed().stream().limit(n).toList();
    }

    /// The n best by what the run was validated by, the best first; of equal ones the first of the run.
    public static List<Path> best(Path run, int n) {
        return RunFolder.checkpoints(run).stream()
                .sorted(Comparator.comparingDouble(KeptCheckpoints::score).reversed()).limit(n).toList();
    }

    private static double score(Path checkpoint) {
        try (var model = ModelFile.describe(checkpoint)) {
            return Checkpoints.scoreOf(checkpoint, model.config().training().validation().metric());
        }
    }
}
