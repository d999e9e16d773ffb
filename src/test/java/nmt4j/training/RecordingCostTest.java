package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nmt4j.config.Config;
import nmt4j.data.Batch;
import nmt4j.kernel.Parallel;
import nmt4j.model.ModelFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run writes down beside training. Needs a quiet machine.
@Tag("slow")
class RecordingCostTest {
    private static final int EVERY = 100; // updates a line
    private static final int LINES = 300;

    private static final Console SILENT = new Console() {
        @Override
        public void line(String line) {}

        @Override
        public void progress(long update, long total) {}
    };

    @TempDir
    private Path path;

    @Test
    void whatIsRecordedTakesLessThanAHundredthOfTheSmallestShippedModelsUpdates() throws IOException {
        var config = Config.load(Path.of("configs/quickstart.json"), List.of());
        var lengths = new int[48];
        Arrays.fill(lengths, 15);
        var batch = Batch.ofLengths(lengths, lengths);
        try (var parallel = new Parallel(2); var model = ModelFactory.declare(config.model(), 3000, 3000);
                var folder = RunFolder.open(path, RunFolder.Use.NEW)) {
            model.parameters().allocate(true);
            model.parameters().initialize(1);
            var seconds = new double[30];
            Update done = null;
            try (var step = new Step(model, config.training(), 1, parallel)) {
                for (int u = 0; u < seconds.length; u++) {
                    done = step.run(() -> batch, u + 1, 1e-3);
                    seconds[u] = done.seconds();
                }
            }
            Arrays.sort(seconds);
            double update = seconds[seconds.length / 2];
            var surroundings = new Surroundings(parallel, SILENT, Optional.empty(), () -> false);
            record(folder, surroundings, done); // warm
            long start = System.nanoTime();
            record(folder, surroundings, done);
            double recording = (System.nanoTime() - start) / 1e9 / (EVERY * LINES);
            var figures = String.format(Locale.ROOT, "recording: %.1f µs an update of %.1f ms, %.3f %%",
                    recording * 1e6, update * 1e3, 100 * recording / update);
            System.out.println(figures);
            assertTrue(recording < 0.01 * update, figures);
            assertEquals(2 * LINES, Files.readAllLines(folder.metrics()).size());
        }
    }

    /// As `Trainer.update` does around each step.
    private static void record(RunFolder folder, Surroundings surroundings, Update done) throws IOException {
        var progress = Progress.START;
        try (var journal = new Journal(folder, surroundings, Files.exists(folder.metrics())
                ? Files.size(folder.metrics())
                : 0)) {
            for (int u = 1; u <= EVERY * LINES; u++) {
                progress = progress.after(done);
                journal.progress(u, EVERY * LINES);
                if (u % EVERY != 0) continue;
                journal.line(Report.line(progress.interval(), progress, 1, 1e-3, 1));
                journal.record(Report.record(progress.interval(), progress, 1, 1e-3));
                progress = progress.logged();
            }
        }
    }
}
