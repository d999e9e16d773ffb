package nmt4j.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import nmt4j.Failure;

/// The mistakes of one configuration, reported together.
final class Mistakes {
    private static final int MOST_SHOWN = 50;
    private static final int LONGEST_SHOWN = 60;

    private record Mistake(Place place, String path, String message) {
        String line() {
            return place.source() + ": " + (path.isEmpty() ? "" : path + ": ") + message
                    + (place.line() > 0 ? " [line " + place.line() + "]" : "");
        }
    }

    private final List<Mistake> mistakes = new ArrayList<>();
    private long more;      // than are kept

    void add(Place place, String path, String message) {
        if (areMany())
            more++;
        else
            mistakes.add(new Mistake(place, path, message));
    }

    /// Whether there are too many to be shown, so that no advice is needed for more, and the rest is only counted.
    boolean areMany() {
        return mistakes.size() == MOST_SHOWN;
    }

    /// Whether the value at a path, or one that holds it or is in it, is already reported.
    boolean concern(String path) {
        return mistakes.stream().anyMatch(m -> !m.path.isEmpty() && (within(m.path, path) || within(path, m.path)));
    }

    private static boolean within(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
    }

    /// All of them as one failure, a line each, in the order of the file.
    Failure failure() {
        var lines = mistakes.stream()
                .sorted(Comparator.comparingInt(m -> m.place.line()))
                .map(Mistake::line)
                .collect(Collectors.joining("\n"));
        var rest = more > 0 ? "\n" + mistakes.getFirst().place.source() + ": and " + more + " more" : "";
        return Failure.mistake(lines + rest);
    }

    void throwIfAny() {
        if (!mistakes.isEmpty())
            throw failure();
    }

    /// At most so much of a text as fits into a message.
    static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
