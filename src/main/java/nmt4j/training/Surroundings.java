package nmt4j.training;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import nmt4j.tensor.Tape;

/// What a run needs from outside.
///
/// @param tape         of training, with the threads to compute on
/// @param validator    none: models are judged by their loss alone
/// @param interrupted  whether the run has been asked to stop
public record Surroundings(Tape tape, Console console, Optional<Validator> validator, BooleanSupplier interrupted) {}
