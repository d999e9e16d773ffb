package nmt4j.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import nmt4j.Failure;
import nmt4j.decoding.Translation;
import nmt4j.decoding.TranslationFormat;
import nmt4j.decoding.Translator;

/// Where translations are written, and what is said of them on stderr.
final class TranslationOutput implements Translator.Sink {
    private final Writer out;
    private final TranslationFormat format;
    private final Streams streams;
    private final LongConsumer done;
    private long failed;
    private boolean bugTold;
    private Optional<Progress> progress = Optional.empty(); // of a line that takes long

    /// @param done  is told how many lines are written
    TranslationOutput(Writer out, TranslationFormat format, Streams streams, LongConsumer done) {
        this.out = out;
        this.format = format;
        this.streams = streams;
        this.done = done;
    }

    /// Number of lines without a translation.
    long failed() {
        return failed;
    }

    @Override
    public void await(long line, int done, int pieces) {
        if (pieces == 1) return;
        if (progress.isEmpty())
            progress = Optional.of(new Progress(streams, "translating the pieces of line " + line, pieces));
        progress.get().at(done);
    }

    @Override
    public void accept(Translation translation, boolean carriageReturn) throws IOException {
        progress.ifPresent(Progress::close);
        progress = Optional.empty();
        translation.failure().ifPresent(failure -> say(translation.line(), failure));
        if (translation.pieces() > 1)
            streams.err().printf(Locale.ROOT,
                    "nmt: line %d: longer than the sentences the model knows: translated in %d pieces%n",
                    translation.line(), translation.pieces());
        out.write(format.write(translation, carriageReturn));
        done.accept(translation.line());
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void say(long line, Throwable failure) {
        failed++;
        boolean isBug = !(failure instanceof Failure || failure instanceof OutOfMemoryError);
        streams.err().printf(Locale.ROOT, "nmt: line %d: %s%n", line, switch (failure) {
            case Failure told -> told.getMessage();
            case OutOfMemoryError _ -> "out of memory; ask for fewer hypotheses, or give Java a larger heap";
            default -> failure;
        });
        if (!isBug || bugTold) return;
        bugTold = true;
        failure.printStackTrace(streams.err());
    }
}
