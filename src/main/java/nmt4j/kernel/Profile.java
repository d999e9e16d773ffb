package nmt4j.kernel;

import java.util.Map;
import java.util.TreeMap;

/// Where the time goes: calls and nanoseconds of each operation, and the arithmetic of products.
public final class Profile {
    private final Map<String, Entry> entries = new TreeMap<>();

    /// @param calls        how often it ran
    /// @param nanoseconds  from its begin to its end, on all cores together
    public record Entry(long calls, long nanoseconds) {
        private Entry plus(Entry other) {
            return new Entry(calls + other.calls, nanoseconds + other.nanoseconds);
        }
    }

    void add(String operation, long nanoseconds) {
        entries.merge(operation, new Entry(1, nanoseconds), Entry::plus);
    }

    public Map<String, Entry> entries() {
        return entries;
    }
}
