package nmt4j.training;

import java.util.Optional;
import nmt4j.config.TrainingConfig;

/// What says when a run ends, and how far it is from there.
///
/// @param updatesPerEpoch  of the first epoch; the others have about as many
record Limits(TrainingConfig config, long updatesPerEpoch) {
    /// Why the run is over, if it is.
    static Optional<Ending> reached(TrainingConfig config, Progress progress) {
        if (config.validation().patience().isPresent()
                && progress.standing().worse() >= config.validation().patience().getAsInt())
            return Optional.of(Ending.PATIENCE);
        if (config.maxUpdates().isPresent() && progress.update() >= config.maxUpdates().getAsLong())
            return Optional.of(Ending.MAX_UPDATES);
        if (config.maxEpochs().isPresent() && progress.position().epoch() > config.maxEpochs().getAsInt())
            return Optional.of(Ending.MAX_EPOCHS);
        if (config.maxMinutes().isPresent() && progress.seconds() >= 60 * config.maxMinutes().getAsDouble())
            return Optional.of(Ending.MAX_MINUTES);
        return Optional.empty();
    }

    /// Updates of the whole run; 0 if no limit tells.
    long updates() {
        long byEpochs =
                config.maxEpochs().isPresent() ? config.maxEpochs().getAsInt() * updatesPerEpoch : Long.MAX_VALUE;
        long updates = Math.min(byEpochs, config.maxUpdates().orElse(Long.MAX_VALUE));
        return updates == Long.MAX_VALUE ? 0 : updates;
    }

    /// Seconds to the first limit; 0 if none tells.
    ///
    /// @param progress  after the first update
    double secondsLeft(Progress progress) {
        double left = config.maxMinutes().isPresent() ? 60 * config.maxMinutes().getAsDouble() - progress.seconds()
                : Double.MAX_VALUE;
        long updates = updates();
        if (updates > 0) left = Math.min(left, (updates - progress.update()) * progress.seconds() / progress.update());
        return left == Double.MAX_VALUE ? 0 : left;
    }
}
