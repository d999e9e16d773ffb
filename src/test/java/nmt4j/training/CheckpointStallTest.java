package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import nmt4j.config.Config;
import nmt4j.kernel.Parallel;
import nmt4j.model.ModelFile;
import nmt4j.text.TextCodec;
import nmt4j.text.Vocabulary;
import nmt4j.text.WordTokenizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long training stands still while the state of a model of 50 million parameters is saved.
@Tag("slow")
class CheckpointStallTest {
    private static final Config CONFIG = Config.parse("""
            {"data": {"train": [{"source": "a", "target": "b"}], "tokenizer": {"type": "word"}},
             "model": {"type": "transformer", "modelSize": 512, "feedForwardSize": 2048, "numHeads": 8, "encoderLayers": 6,
                       "decoderLayers": 6}}""", "large.json");
    private static final int WORDS = 12_000;

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    @Test
    void savingStallsTrainingForLessThanASecond() throws IOException {
        var words = new ArrayList<>(Vocabulary.SPECIALS);
        for (int i = 0; i < WORDS; i++) words.add("w" + i);
        var codec = new TextCodec(new WordTokenizer(), Vocabulary.of(words), false);
        try (var run = RunFolder.open(folder.resolve("run"), RunFolder.Use.NEW); var parallel = new Parallel(2);
                var model = ModelFile.declare(CONFIG, codec, codec)) {
            model.model().parameters().allocate(true);
            model.model().parameters().initialize(1);
            try (var step = new Step(model.model(), CONFIG.training(), 1, parallel)) {
                ModelFile.write(run.best(), model, 0, Map.of());
                var stalls = new long[3];
                for (int i = 0; i < stalls.length; i++) {
                    long start = System.nanoTime();
                    long cpu = CPU.getCurrentThreadCpuTime();
                    var rest = SavedState.begin(run, model, step.optimizer(), Progress.START, Map.of());
                    stalls[i] = millisecondsSince(start);
                    cpu = (CPU.getCurrentThreadCpuTime() - cpu) / 1_000_000;
                    start = System.nanoTime();
                    rest.run();
                    long beside = millisecondsSince(start);
                    start = System.nanoTime();
                    ModelFile.write(run.last(), model, 0, Map.of());
                    System.out.printf(
                            "%,d parameters: a state stalls training %d ms (%d ms of CPU), then %d ms beside it; a model %d ms%n",
                            model.model().parameters().count(), stalls[i], cpu, beside, millisecondsSince(start));
                }
                long least = Arrays.stream(stalls).min().orElseThrow(); // what others do meanwhile apart
                assertTrue(least < 1000, () -> least + " ms");
            }
        }
    }

    private static long millisecondsSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
