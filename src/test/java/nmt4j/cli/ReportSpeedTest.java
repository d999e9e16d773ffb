package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nmt4j.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// From the start of the one file that users get, with a start cache, to its end, for a run with a model. Needs a quiet
/// machine.
@Tag("slow")
class ReportSpeedTest {
    private static final Path NMT = Path.of("target/nmt").toAbsolutePath();
    private static final int LINES = 10_000;

    @TempDir
    private Path folder;

    private void nmt(String... arguments) {
        var streams = new Streams(InputStream.nullInputStream(), new StringWriter(), System.err, false);
        assertEquals(0, Main.run(streams, arguments));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void thePageOfTenThousandMetricLinesTakesTwoSecondsAtMost() throws IOException, InterruptedException {
        assumeTrue(Files.exists(NMT), "mvn -DskipTests package makes it");
        var run = folder.resolve("run");
        nmt("train", "configs/quickstart.json", "--run", run.toString(), "--set", "training.maxUpdates=2", "--set",
                "training.validation.everyUpdates=2", "--set", "decoding.maxLength={\"factor\":0,\"extra\":10}",
                "--set", "decoding.beamSize=1");
        var metrics = new StringBuilder();
        for (int i = 1; i <= LINES; i++)
            metrics.append(i % 20 == 0 ? validation(100 * i) : training(100 * i)).append('\n');
        Files.writeString(run.resolve("metrics.jsonl"), metrics, StandardOpenOption.APPEND);
        var cache = folder.resolve("start.aot");
        start("-Dnmt.rehearsal=true -XX:AOTCacheOutput=" + cache);
        long start = System.nanoTime();
        var processor = start("-XX:AOTCache=" + cache, "report", run.toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        long size = Files.size(run.resolve("report.html"));
        var figures = String.format(Locale.ROOT, "report of %,d metric lines: %.2f s (user and system: %s), %,d bytes",
                LINES, seconds, processor, size);
        System.out.println(figures);
        assertTrue(seconds <= 2 && size < 3_000_000, figures);
    }

    /// @return  processor time of the process
    private static String start(String flags, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("sh", "-c", "\"$@\" >&2 && times", "sh", NMT.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("NMT_START_CACHE", "off", "NMT_JAVA_OPTS", flags));
        var process = builder.start();
        var times = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor());
        return times.lines().toList().getLast();
    }

    private static String training(int update) {
        return """
                {"event":"training","update":%d,"epoch":1,"loss":%s,"perplexity":9.5,"accuracy":0.5,"gradientNorm":0.7,\
                "largestGradientNorm":1.5,"clipped":0.25,"skipped":0,"learningRate":3.0E-4,"sourceTokens":12345,\
                "targetTokens":12345,"sourceTokensPerSecond":1200,"targetTokensPerSecond":1200,"memoryMiB":600,\
                "seconds":%d}""".formatted(update, 1 + 9.0 / Math.sqrt(update), update);
    }

    private static String validation(int update) {
        return """
                {"event":"validation","update":%d,"bleu":%s,"loss":1.5,"perplexity":4.5,"accuracy":0.5,"best":true,\
                "seconds":%d}""".formatted(update, 40 - 100 / Math.sqrt(update), update);
    }
}
