package nmt4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import nmt4j.config.Config;
import nmt4j.data.Corpus;
import nmt4j.data.TextCodecs;
import nmt4j.data.ValidationSet;
import nmt4j.kernel.Parallel;
import nmt4j.model.ModelFile;

/// What `nmt train` does, step by step and without a command line, in the folder of a test.
///
/// @param folder   of the runs
/// @param lines    what they have said
/// @param threads  to compute on
record TinyRun(Path folder, List<String> lines, int threads, Config config, BooleanSupplier interrupted, Retry retry,
        Optional<Validator> validator)
        implements Console {
    static TinyRun of(Path folder, Config config) {
        return new TinyRun(folder, new ArrayList<>(), 1, config, () -> false, Retry.NEVER,
                Optional.empty());
    }

    @Override
    public void line(String line) {
        lines.add(line);
    }

    @Override
    public void progress(long update, long total) {}

    Ending train(Path run, RunFolder.Use use) {
        try (var place = RunFolder.open(run, use); var parallel = new Parallel(threads)) {
            var state = SavedState.newest(place, lines::add);
            var codecs = TextCodecs.of(config.data());
            var validation =
                    config.data().validation().map(v -> ValidationSet.read(v, codecs.source(), codecs.target()));
            try (var corpus = Corpus.read(config.data(), codecs.source(), codecs.target(), folder);
                    var model = ModelFile.declare(config, codecs.source(), codecs.target())) {
                model.model().parameters().allocate(true);
                model.model().parameters().initialize(config.seed());
                var surroundings = new Surroundings(parallel, this, validator, interrupted, retry);
                try (var trainer = new Trainer(model, new TrainingData(corpus, validation), place, surroundings)) {
                    state.ifPresent(trainer::resume);
                    return trainer.train();
                }
            }
        }
    }

    static byte[] bytes(Path run, String file) throws IOException {
        return Files.readAllBytes(run.resolve(file));
    }

    /// The records, without what depends on the clock or the machine.
    static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll("\"(\\w+PerSecond|memoryMiB|seconds)\":[^,}]*", "")).toList();
    }
}
