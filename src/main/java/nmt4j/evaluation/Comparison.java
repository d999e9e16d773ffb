package nmt4j.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;

/// A system beside the baseline.
///
/// @param score     the system's own
/// @param interval  where resampled scores lie, if the test resamples
/// @param p         how probable so large a difference from the baseline is if there is none; empty for the baseline
public record Comparison(Score score, Optional<Interval> interval, OptionalDouble p) {}
