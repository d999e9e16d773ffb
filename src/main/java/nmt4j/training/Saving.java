package nmt4j.training;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import nmt4j.Failure;

/// A state on its way to the disk: what it holds is settled, and while the disk takes it, which lasts seconds for a large
/// model, training goes on.
final class Saving {
    /// Nothing is on its way.
    static final Saving NOTHING = new Saving(CompletableFuture.completedFuture(null));

    private final CompletableFuture<Void> done;

    private Saving(CompletableFuture<Void> done) {
        this.done = done;
    }

    /// Runs the rest of the saving beside training.
    static Saving start(Runnable rest) {
        var done = new CompletableFuture<Void>();
        Thread.ofPlatform().name("nmt-save").start(() -> {
            try {
                rest.run();
                done.complete(null);
            } catch (Throwable t) { // it is told to who waits
                done.completeExceptionally(t);
            }
        });
        return new Saving(done);
    }

    /// Whether it is known to have failed.
    boolean hasFailed() {
        return done.isCompletedExceptionally();
    }

    /// Waits for its end.
    ///
    /// @return  why files could not be written; nothing if the state is safe
    Optional<Failure> await() {
        try {
            done.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return switch (e.getCause()) {
                case Failure failure -> Optional.of(failure);
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw e;
            };
        }
    }
}
