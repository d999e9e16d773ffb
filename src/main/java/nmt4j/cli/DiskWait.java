package nmt4j.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import nmt4j.Failure;
import nmt4j.training.Console;
import nmt4j.training.Retry;

/// Waits for a disk that is full, or away, for a quarter of an hour; says so, and stops waiting when asked to.
record DiskWait(Console console, BooleanSupplier stopped) implements Retry {
    private static final int ATTEMPTS = 30;
    private static final int SECONDS = 30;
    private static final int LOOKS_A_SECOND = 5;

    @Override
    public boolean after(Failure failure, int attempts) {
        if (attempts > ATTEMPTS) return false;
        console.line(
                String.format(Locale.ROOT, "%s; training waits: attempt %d of %d follows in %d s", failure.getMessage(),
                        attempts, ATTEMPTS, SECONDS));
        for (int look = 0; look < SECONDS * LOOKS_A_SECOND; look++) {
            if (stopped.getAsBoolean()) return false;
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1000 / LOOKS_A_SECOND);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
