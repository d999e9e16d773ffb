package nmt4j.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import nmt4j.training.Elapsed;

/// How far a long piece of work is: on a terminal one line that renews itself, elsewhere a plain line now and then.
/// For one thread.
public final class Progress implements AutoCloseable {
    private static final double SECOND = 1e9;
    private static final String ERASE = "\r\u001b[K";

    private final Streams streams;
    private final String work;
    private final long total;
    private final long before;
    private final LongSupplier clock;
    private final long start;
    private final double pause;
    private long shown;

    /// @param work   what is done, and to what: "translating lines"
    /// @param total  how much there is to do; 0 if that is not known
    public Progress(Streams streams, String work, long total) {
        this(streams, work, total, 0, System::nanoTime);
    }

    /// @param before  what is done already, and does not count for the rate
    /// @param clock   nanoseconds
    Progress(Streams streams, String work, long total, long before, LongSupplier clock) {
        this.streams = streams;
        this.work = work;
        this.total = total;
        this.before = before;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.pause = streams.terminal() ? 0.2 : 10;
        this.shown = start;
    }

    /// Says that `done` of the total is done; prints only if the last line is old enough.
    public void at(long done) {
        long now = clock.getAsLong();
        if ((now - shown) / SECOND < pause)
            return;
        shown = now;
        if (streams.terminal())
            streams.err().print(ERASE + line(done, now));
        else
            streams.err().println(line(done, now));
        streams.err().flush();
    }

    private String line(long done, long now) {
        double perSecond = (done - before) / ((now - start) / SECOND);
        if (total <= 0)
            return String.format(Locale.ROOT, "%s: %,d, %,.0f/s", work, done, perSecond);
        return String.format(Locale.ROOT, "%s: %,d of %,d (%d %%), %,.0f/s, %s left",
                work, done, total, 100 * done / total, perSecond,
                done == before ? "?" : Elapsed.text((total - done) / perSecond));
    }

    /// Leaves a terminal without the line.
    @Override
    public void close() {
        if (streams.terminal() && shown != start) {
            streams.err().print(ERASE);
            streams.err().flush();
        }
    }
}
