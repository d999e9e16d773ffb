package nmt4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import nmt4j.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own, from the start of the JVM (without a start cache) to its end, for a run with a model. Needs a
/// quiet machine.
@Tag("slow")
class ReportSpeedTest {
    private static final int LINES = 10_000;

    @TempDir
    private Path folder;

    private void nmt(String... arguments) {
        var streams = new Streams(InputStream.nullInputStream(), new StringWriter(), System.err, false);
        assertEquals(0, Main.run(streams, arguments));
    }

    @Test
    void thePageOfTenThousandMetricLinesTakesTwoSecondsAtMost() throws IOException, InterruptedException {
        var run = folder.resolve("run");
        nmt("train", "configs/quickstart.json", "--run", run.toString(), "--set", "training.maxUpdates=2", "--set",
                "training.validation.everyUpdates=2", "--set", "decoding.maxLength={\"factor\":0,\"extra\":10}",
                "--set", "decoding.beamSize=1");
        var metrics = new StringBuilder();
        for (int i = 1; i <= LINES; i++)
            metrics.append(i % 20 == 0 ? validation(100 * i) : training(100 * i)).append('\n');
        Files.writeString(run.resolve("metrics.jsonl"), metrics, StandardOpenOption.APPEND);
        long start = System.nanoTime();
        var process = new ProcessBuilder(Program.java(List.of(), Measured.class, List.of("report", run.toString())))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        var said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        double seconds = (System.nanoTime() - start) / 1e9;
        var computed = said.lines().filter(line -> line.startsWith(Measured.COMPUTED)).findFirst().orElseThrow();
        long size = Files.size(run.resolve("report.html"));
        var figures = String.format(Locale.ROOT, "report of %,d metric lines: %.2f s (%s), %,d bytes", LINES, seconds,
                computed, size);
        System.out.println(figures);
        assertTrue(seconds <= 2 && size < 3_000_000, figures);
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
