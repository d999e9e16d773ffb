package nmt4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;
import nmt4j.config.Config;
import nmt4j.config.TrainingConfig;
import nmt4j.data.Batch;
import nmt4j.data.Batches;
import nmt4j.data.Corpus;
import nmt4j.data.Position;
import nmt4j.data.TextCodecs;
import nmt4j.diagnostics.TrainBenchmark;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Profile;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Precision;
import nmt4j.training.ProductPrecision;
import nmt4j.training.Step;

/// The speed of training as a config says, with random weights.
record TrainingSpeed(Config config, BenchEffort effort, BenchReport report) {
    /// The same batch again and again.
    ///
    /// @param size  sentences, and the length of each
    void onRandomIds(int[] size) {
        VectorModule.load();
        try (var parallel = new Parallel(effort.threads());
                var model = effort.model(config, effort.vocabulary(), effort.vocabulary(), true)) {
            var batch = TrainBenchmark.synthetic(size[0], size[1], effort.vocabulary());
            train(model, parallel, () -> batch);
        }
    }

    /// Batches of the config's corpus.
    void onCorpus() throws IOException {
        var folder = Files.createTempDirectory("nmt-bench");
        var codecs = TextCodecs.of(config.data());
        try (var corpus = Corpus.read(config.data(), codecs.source(), codecs.target(), folder);
                var stream = new Batches(corpus, config.training().batch(), config.seed()).from(Position.START)) {
            VectorModule.load();
            try (var parallel = new Parallel(effort.threads());
                    var model = effort.model(config, codecs.source().vocabulary().size(),
                            codecs.target().vocabulary().size(),
                            true)) {
                train(model, parallel, stream::next);
            }
        } finally {
            Files.delete(folder);
        }
    }

    private void train(TranslationModel model, Parallel parallel, Supplier<Batch> batches) {
        var precision = ProductPrecision.on(config.training().precision());
        var peaks = effort.peaks(parallel,
                precision == TrainingConfig.Precision.BFLOAT16 ? Precision.BFLOAT16 : Precision.FLOAT32);
        try (var step = new Step(model, config.training(), config.seed(), parallel)) {
            var benchmark = new TrainBenchmark(step, parallel, batches);
            var operations = effort.profile() ? Optional.of(new Profile()) : Optional.<Profile>empty();
            var result = benchmark.run(effort.warmup(), effort.seconds(), operations);
            say(model, benchmark, result, peaks);
            operations.ifPresent(found -> report.profile(new ProfileTable(found,
                    new ProfileTable.Span(result.updates(), result.seconds(), 0), "an update",
                    new ProfileTable.Cores(effort.threads(), effort.threads()), peaks)));
        }
    }

    private void say(TranslationModel model, TrainBenchmark benchmark, TrainBenchmark.Result result,
            ProfileTable.Peaks peaks) {
        double sum = (result.sourceTokens() + result.targetTokens()) / result.seconds();
        report.say("%,d parameters, %d threads: %,.0f target tokens/s (%,.0f with source), %.1f ms an update",
                model.parameters().count(), effort.threads(), result.targetTokensPerSecond(), sum,
                result.millisecondsPerUpdate());
        report.say("products: %.0f GFLOP/s, %.2f of this machine's %.0f; activations take %,d MB; %,.1f KB of objects "
                + "an update", result.gigaflops(), result.gigaflops() / peaks.gigaflops(), peaks.gigaflops(),
                benchmark.tapeBytes() >> 20, result.allocated() / 1e3 / result.updates());
        report.figure("parameters", model.parameters().count()).figure("threads", effort.threads())
                .figure("targetTokensPerSecond", result.targetTokensPerSecond()).figure("tokensPerSecond", sum)
                .figure("millisecondsPerUpdate", result.millisecondsPerUpdate())
                .figure("gigaflops", result.gigaflops()).figure("activationBytes", benchmark.tapeBytes())
                .figure("allocatedBytesPerUpdate", (double) result.allocated() / result.updates());
    }
}
