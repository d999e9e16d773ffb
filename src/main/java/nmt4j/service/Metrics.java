package nmt4j.service;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// What the server has done, in Prometheus's text format.
final class Metrics {
    private static final double[] SECONDS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private final Map<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();
    private final LongAdder lines = new LongAdder();
    private final LongAdder nanoseconds = new LongAdder();
    private final LongAdder[] within = new LongAdder[SECONDS.length + 1];

    Metrics() {
        for (int i = 0; i < within.length; i++) within[i] = new LongAdder();
    }

    /// An answer to `POST /translate`.
    void answered(int status, int translated, long nanoseconds) {
        byStatus.computeIfAbsent(status, _ -> new LongAdder()).increment();
        lines.add(translated);
        this.nanoseconds.add(nanoseconds);
        int bucket = 0;
        while (bucket < SECONDS.length && nanoseconds > SECONDS[bucket] * 1e9) bucket++;
        within[bucket].increment();
    }

    String text(int waiting) {
        var text = new StringBuilder();
        head(text, "nmt_requests_total", "counter", "Translation requests by HTTP status.");
        byStatus.forEach((status, count) -> text.append(String.format(Locale.ROOT,
                "nmt_requests_total{status=\"%d\"} %d\n", status, count.sum())));
        head(text, "nmt_lines_total", "counter", "Lines translated.");
        text.append("nmt_lines_total ").append(lines.sum()).append('\n');
        head(text, "nmt_waiting_lines", "gauge", "Lines that wait or are being translated.");
        text.append("nmt_waiting_lines ").append(waiting).append('\n');
        head(text, "nmt_request_seconds", "histogram", "Time from the request to its answer.");
        long sum = 0;
        for (int i = 0; i < within.length; i++) {
            sum += within[i].sum();
            text.append(String.format(Locale.ROOT, "nmt_request_seconds_bucket{le=\"%s\"} %d\n",
                    i < SECONDS.length ? Double.toString(SECONDS[i]) : "+Inf", sum));
        }
        text.append(String.format(Locale.ROOT, "nmt_request_seconds_sum %.6f\n", nanoseconds.sum() / 1e9));
        return text.append("nmt_request_seconds_count ").append(sum).append('\n').toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
