package nmt4j.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/// Where the time goes: for each operation how often it ran, how long, and what it did.
public final class Profile {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<String, Entry> entries = new TreeMap<>();
    private long besides;

    /// @param calls        how often it ran
    /// @param nanoseconds  from its begin to its end, on all cores together
    /// @param busy         nanoseconds that cores worked on it, added up; what is missing to all cores they were idle
    /// @param arithmetic   multiplications and additions of its products
    /// @param bytes        that it read and wrote, as far as it says
    /// @param allocated    bytes of Java objects that the calling thread made
    public record Entry(long calls, long nanoseconds, long busy, long arithmetic, long bytes, long allocated) {
        public static final Entry NONE = new Entry(0, 0, 0, 0, 0, 0);

        public Entry plus(Entry other) {
            return new Entry(calls + other.calls, nanoseconds + other.nanoseconds, busy + other.busy,
                    arithmetic + other.arithmetic, bytes + other.bytes, allocated + other.allocated);
        }

        /// What is left of it if parts of it are counted by themselves.
        Entry without(Profile parts) {
            var sum = NONE;
            for (var part : parts.entries.values()) sum = sum.plus(part);
            return new Entry(calls, nanoseconds - sum.nanoseconds, busy - sum.busy, arithmetic - sum.arithmetic, bytes,
                    allocated);
        }
    }

    void add(String operation, Entry entry) {
        entries.merge(operation, entry, Entry::plus);
    }

    /// Adds all of another.
    public void add(Profile other) {
        other.entries.forEach(this::add);
        besides += other.besides;
    }

    void addBesides(long nanoseconds) {
        besides += nanoseconds;
    }

    /// Nanoseconds of all cores that went into what is postponed while the calling thread was between operations. They are in
    /// `entries` as well.
    public long besides() {
        return besides;
    }

    void clear() {
        entries.clear();
        besides = 0;
    }

    public Map<String, Entry> entries() {
        return entries;
    }

    /// Bytes of Java objects that the calling thread has made so far.
    static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /// Bytes of Java objects that all threads have made so far.
    public static long allocatedByAll() {
        return THREADS.getTotalThreadAllocatedBytes();
    }
}
