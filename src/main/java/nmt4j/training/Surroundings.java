package nmt4j.training;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import nmt4j.kernel.Parallel;

/// What a run needs from outside.
///
/// @param parallel     the threads to compute on
/// @param validator    none: models are judged by their loss alone
/// @param interrupted  whether the run has been asked to stop
public record Surroundings(Parallel parallel, Console console, Optional<Validator> validator,
        BooleanSupplier interrupted) {}
