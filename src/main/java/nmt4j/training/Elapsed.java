package nmt4j.training;

import java.util.Locale;

/// Time as people read it off a clock.
public final class Elapsed {
    private Elapsed() {}

    /// Hours, minutes and seconds: `1:02:03`, or `2:03` under an hour.
    public static String text(double seconds) {
        long s = Math.round(seconds);
        return s < 3600 ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }
}
