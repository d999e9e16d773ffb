package nmt4j.training;

import nmt4j.Failure;

/// What to do when a run's files can not be written: a full disk may have room again in a minute, and a run is worth the wait.
@FunctionalInterface
public interface Retry {
    /// Gives up at once.
    Retry NEVER = (_, _) -> false;

    /// Waits as long as it likes.
    ///
    /// @param attempts  that failed so far, one at least
    /// @return          whether to try once more
    boolean after(Failure failure, int attempts);

    /// Does what writes files, which must do no harm when done again.
    default void insist(Runnable write) {
        for (int attempts = 1;; attempts++) {
            try {
                write.run();
                return;
            } catch (Failure e) {
                if (e.kind() != Failure.Kind.MACHINE || !after(e, attempts)) throw e;
            }
        }
    }
}
