package nmt4j.cli;

import nmt4j.training.Console;

/// A run's lines on stderr; on a terminal, with a line below them that says how far it is.
final class TrainingConsole implements Console, AutoCloseable {
    private final Streams streams;
    private Progress progress;

    TrainingConsole(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void line(String line) {
        if (progress != null) progress.close();
        streams.err().println(line);
    }

    @Override
    public void progress(long update, long total) {
        if (!streams.terminal()) return; // the log's lines are enough
        if (progress == null) progress = new Progress(streams, "training, updates", total);
        progress.at(update);
    }

    @Override
    public void close() {
        if (progress != null) progress.close();
    }
}
