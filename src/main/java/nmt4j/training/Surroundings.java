package nmt4j.training;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import nmt4j.kernel.Parallel;

/// What a run needs from outside.
///
/// @param parallel     the threads to compute on
/// @param validator    none: models are judged by their loss alone
/// @param interrupted  whether the run has been asked to stop
/// @param retry        what to do when files can not be written
public record Surroundings(Parallel parallel, Console console, Optional<Validator> validator,
        BooleanSupplier interrupted, Retry retry) {

    /// Surroundings that wait for nothing.
    public Surroundings(Parallel parallel, Console console, Optional<Validator> validator,
            BooleanSupplier interrupted) {
        this(parallel, console, validator, interrupted, Retry.NEVER);
    }
}
