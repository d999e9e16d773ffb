package nmt4j.training;

import static java.nio.file.StandardOpenOption.READ;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import nmt4j.Failure;

/// What a run writes down: lines for people, in `train.log` and on the console; records for programs, in `metrics.jsonl`.
final class Journal implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Console console;
    private final Retry retry;
    private final Path folder;
    private final HeldFile log;
    private final HeldFile metrics;

    /// @param metricsSize  bytes of the metrics that stay; what a killed process wrote after its last state is cut off
    Journal(RunFolder folder, Surroundings surroundings, long metricsSize) {
        console = surroundings.console();
        retry = surroundings.retry();
        this.folder = folder.path();
        try {
            log = HeldFile.appending(folder.log());
            metrics = HeldFile.appending(folder.metrics());
            if (metrics.channel().size() < metricsSize)
                line("metrics.jsonl: shorter than the run was; its first lines are lost");
            metrics.channel().truncate(metricsSize);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Whether the metrics, from their first `size` bytes on, say that the run has ended.
    static boolean saysEnd(Path metrics, long size) {
        try (var file = FileChannel.open(metrics, READ)) {
            var rest = ByteBuffer.allocate(Math.clamp(file.size() - size, 0, 1 << 20));
            file.read(rest, size);
            return new String(rest.array(), StandardCharsets.UTF_8).contains("{\"event\":\"end\"");
        } catch (IOException _) {
            return false;
        }
    }

    void line(String line) {
        console.line(line);
        write(log, line);
    }

    void say(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
    }

    void progress(long update, long total) {
        console.progress(update, total);
    }

    /// Appends a record, one line.
    void record(Map<String, Object> fields) {
        try {
            write(metrics, JSON.writeValueAsString(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(HeldFile file, String line) {
        var bytes = StandardCharsets.UTF_8.encode(line + "\n");
        retry.insist(() -> write(file.channel(), bytes));
    }

    /// Writes what is left: after a failure it goes on where it was.
    private void write(FileChannel file, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) file.write(bytes);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Writes again what somebody has deleted.
    void restore() {
        log.restore();
        metrics.restore();
    }

    /// The bytes of the metrics, after they are safely on the disk.
    long forceMetrics() {
        try {
            metrics.channel().force(false);
            return metrics.channel().size();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Failure failed(IOException e) {
        return Failure.machine(folder + ": log and metrics cannot be written: " + Failure.reason(e), e);
    }

    @Override
    public void close() {
        try (log; metrics) {
            metrics.channel().force(false);
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
