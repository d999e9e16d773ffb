package nmt4j.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run folder tells, apart from the model.
///
/// @param name         of the folder
/// @param config       resolved, JSON
/// @param training     lines of the metrics between validations
/// @param validation   lines of the metrics at validations
/// @param samples      translations of a few validation sentences over time
/// @param marks        what happened besides: checkpoints, restarts, returns
/// @param starts       each process that worked on the run
/// @param ending       why the run stopped
public record Run(String name, String config, List<Point> training, List<Point> validation, List<Sample> samples,
        List<Mark> marks, List<Map<String, String>> starts, Optional<String> ending) {
    /// @param values  by the name that they have in the metrics
    public record Point(long update, boolean best, Map<String, Double> values) {
        double value(String name) {
            return values.getOrDefault(name, Double.NaN);
        }
    }

    /// @param versions  the translation at each update
    public record Sample(String source, String reference, List<Version> versions) {
        public Sample {
            versions = List.copyOf(versions);
        }
    }

    public record Version(long update, String translation) {}

    public record Mark(long update, String label) {}

    public boolean hasEnded() {
        return ending.isPresent();
    }

    /// The validation that the best model is of, if there is any.
    Optional<Point> best() {
        return validation.stream().filter(Point::best).reduce((_, later) -> later);
    }

    /// A sample in the best model's translation, or in the last one before it.
    public String bestTranslation(Sample sample) {
        long update = best().map(Point::update).orElse(Long.MAX_VALUE);
        return sample.versions.stream().filter(version -> version.update <= update).reduce((_, later) -> later)
                .orElse(sample.versions.getFirst()).translation;
    }

    long updates() {
        long trained = training.isEmpty() ? 0 : training.getLast().update();
        return Math.max(trained, validation.isEmpty() ? 0 : validation.getLast().update());
    }
}
