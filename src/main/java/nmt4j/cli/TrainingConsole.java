package nmt4j.cli;

import java.util.function.LongSupplier;
import nmt4j.training.Console;

/// A run's lines on stderr, where what the corpus holds can do no harm; on a terminal, with a line below them that says how far it is.
final class TrainingConsole implements Console, AutoCloseable {
    private final Streams streams;
    private final LongSupplier clock;
    private Progress progress;
    private long last;

    TrainingConsole(Streams streams) {
        this(streams, System::nanoTime);
    }

    /// @param clock  nanoseconds
    TrainingConsole(Streams streams, LongSupplier clock) {
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public void line(String line) {
        if (progress != null) progress.close();
        streams.err().println(Exit.printable(line));
    }

    @Override
    public void progress(long update, long total) {
        if (!streams.terminal()) return; // the log's lines are enough
        if (progress == null || update <= last) begin(update, total);
        progress.at(update);
        last = update;
    }

    /// A run goes on where it was when it was stopped, or goes back: the updates before are not of these seconds.
    private void begin(long update, long total) {
        close();
        progress = new Progress(streams, "training, updates", total, update, clock);
    }

    @Override
    public void close() {
        if (progress != null) progress.close();
    }
}
