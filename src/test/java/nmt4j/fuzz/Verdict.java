package nmt4j.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a command did.
record Verdict(int code, String out, String err, Duration time) {
    private static final Set<Integer> GOOD = Set.of(0, 2, 3, 4);
    private static final double SECONDS = 10;

    /// What is wrong with it, if anything.
    Optional<String> complaint(Attempt attempt) {
        var complaint = firstComplaint(attempt);
        return complaint.map(c -> c + ": " + String.join(" ", attempt.arguments()) + "\n  exit code " + code
                + ", stderr: " + (err.length() > 3000 ? err.substring(0, 3000) + "…" : err));
    }

    /// How many times longer everything takes because of what else runs on this machine.
    private static double load() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
    }

    private Optional<String> firstComplaint(Attempt attempt) {
        if (!GOOD.contains(code)) return Optional.of("a bug or a crash");
        if (err.contains("\tat ") || err.contains("this is a bug")) return Optional.of("a stack trace");
        if (err.contains("out of memory")) return Optional.of("memory");
        if ((code == 2 || code == 4) && !err.lines().reduce((_, last) -> last).orElse("").startsWith("nmt: "))
            return Optional.of("no message");
        if (code != 0 && err.lines().anyMatch(line -> line.length() > 2000)) return Optional.of("a long message");
        if (time.toMillis() > 1000 * SECONDS * load()) return Optional.of(time.toSeconds() + " s");
        long lines = out.chars().filter(c -> c == '\n').count();
        if ((code == 0 || code == 3) && attempt.lines().isPresent() && lines != attempt.lines().getAsLong())
            return Optional.of(lines + " lines in place of " + attempt.lines().getAsLong());
        return Optional.empty();
    }
}
