package nmt4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import nmt4j.kernel.Profile;
import nmt4j.kernel.Profile.Entry;

/// Where the time of a benchmark goes, operation by operation; milliseconds are those of one unit.
///
/// @param unit   what is measured: "an update"
/// @param cores  how many there are, and how many work on one operation together
/// @param peaks  what the machine manages
record ProfileTable(Profile profile, Span span, String unit, Cores cores, Peaks peaks) {
    private static final String BACKWARD = ", backward";

    /// @param units    updates or batches
    /// @param seconds  that they took
    /// @param idle     core-nanoseconds outside of operations in which a core had nothing to do
    record Span(long units, double seconds, double idle) {}

    /// @param all   of the machine that are used
    /// @param each  of them on one operation
    record Cores(int all, int each) {}

    /// @param gigaflops  of products
    /// @param gigabytes  of memory
    record Peaks(double gigaflops, double gigabytes) {}

    /// An operation, there and back.
    private record Row(String name, Entry forward, Entry backward) {
        Entry sum() {
            return forward.plus(backward);
        }
    }

    private List<Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        profile.entries().forEach((name, entry) -> {
            boolean isBackward = name.endsWith(BACKWARD);
            var base = isBackward ? name.substring(0, name.length() - BACKWARD.length()) : name;
            var row = isBackward ? new Row(base, Entry.NONE, entry) : new Row(base, entry, Entry.NONE);
            rows.merge(base, row, (a, b) -> new Row(base, a.forward.plus(b.forward), a.backward.plus(b.backward)));
        });
        return rows.values().stream()
                .sorted(Comparator.comparingLong((Row row) -> row.sum().nanoseconds()).reversed()).toList();
    }

    /// Nanoseconds between operations, of the cores that would share one.
    private double between() {
        double all = span.seconds * 1e9 * cores.all / cores.each - span.idle / cores.each;
        for (var entry : profile.entries().values()) all -= entry.nanoseconds();
        return all;
    }

    /// Core-nanoseconds between operations in which a core had nothing to do.
    private double idleBetween() {
        return between() * (cores.each - 1) - (double) profile.besides() / cores.each;
    }

    /// The same within operations.
    private double idle(Entry entry) {
        return (double) entry.nanoseconds() * cores.each - entry.busy();
    }

    private double idle() {
        double idle = span.idle + idleBetween();
        for (var entry : profile.entries().values()) idle += idle(entry);
        return idle;
    }

    /// 10⁹ a second, as if all cores did the same.
    private double rate(long amount, Entry entry) {
        return entry.nanoseconds() == 0 ? 0 : (double) amount / entry.nanoseconds() * cores.all / cores.each;
    }

    List<String> lines() {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("operation", "calls " + unit, "ms forward", "ms backward", "share %", "GFLOP/s", "GB/s",
                "of peak", "idle ms", "KB allocated"));
        for (var row : rows()) lines.add(cells(row));
        double between = between();
        lines.add(List.of("between operations", "", milliseconds(between), "", share(between), "", "", "",
                milliseconds(idleBetween()), ""));
        var table = TextTable.lines(lines);
        table.add(
                String.format(Locale.ROOT, "peaks: %.0f GFLOP/s, %.1f GB/s of memory (what lies in caches is faster); "
                        + "cores idle %.1f %% of their time", peaks.gigaflops, peaks.gigabytes, 100 * idleShare()));
        return table;
    }

    private double idleShare() {
        return idle() / (span.seconds * 1e9 * cores.all);
    }

    private List<String> cells(Row row) {
        var sum = row.sum();
        boolean isProduct = sum.arithmetic() > 0;
        double rate = rate(isProduct ? sum.arithmetic() : sum.bytes(), sum);
        var text = rate == 0 ? "" : String.format(Locale.ROOT, "%.1f", rate);
        var ofPeak = rate == 0 ? ""
                : String.format(Locale.ROOT, "%.2f", rate / (isProduct ? peaks.gigaflops : peaks.gigabytes));
        return List.of(row.name, Long.toString(Math.round((double) sum.calls() / span.units)),
                milliseconds(row.forward.nanoseconds()), milliseconds(row.backward.nanoseconds()),
                share(sum.nanoseconds()), isProduct ? text : "", isProduct ? "" : text, ofPeak, milliseconds(idle(sum)),
                String.format(Locale.ROOT, "%.1f", sum.allocated() / 1e3 / span.units));
    }

    private String milliseconds(double nanoseconds) {
        return nanoseconds == 0 ? "" : String.format(Locale.ROOT, "%.2f", nanoseconds / 1e6 / span.units);
    }

    private String share(double nanoseconds) {
        return String.format(Locale.ROOT, "%.1f", 100 * nanoseconds / (span.seconds * 1e9 * cores.all / cores.each));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeNumberField("peakGigaflops", peaks.gigaflops);
        json.writeNumberField("peakGigabytes", peaks.gigabytes);
        json.writeNumberField("idleShare", idleShare());
        json.writeNumberField("betweenMilliseconds", between() / 1e6 / span.units);
        json.writeArrayFieldStart("operations");
        for (var row : rows()) {
            var sum = row.sum();
            json.writeStartObject();
            json.writeStringField("operation", row.name);
            json.writeNumberField("calls", (double) sum.calls() / span.units);
            json.writeNumberField("forwardMilliseconds", row.forward.nanoseconds() / 1e6 / span.units);
            json.writeNumberField("backwardMilliseconds", row.backward.nanoseconds() / 1e6 / span.units);
            json.writeNumberField("gigaflops", rate(sum.arithmetic(), sum));
            json.writeNumberField("gigabytes", rate(sum.bytes(), sum));
            json.writeNumberField("idleMilliseconds", idle(sum) / 1e6 / span.units);
            json.writeNumberField("allocatedBytes", (double) sum.allocated() / span.units);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
