package nmt4j.cli;

import nmt4j.config.Config;
import nmt4j.diagnostics.MemoryBenchmark;
import nmt4j.diagnostics.ProductBenchmark;
import nmt4j.kernel.Parallel;
import nmt4j.model.ModelFactory;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Precision;

/// How much `nmt bench` measures, and of what.
///
/// @param vocabulary  size of both, with random ids
record BenchEffort(int threads, double seconds, boolean profile, int vocabulary) {
    /// For each product.
    static final double PRODUCT_SECONDS = 0.4;

    /// How long kernels get to be compiled.
    double warmup() {
        return Math.min(20, seconds);
    }

    /// What the machine manages, for a profile to stand beside.
    ProfileTable.Peaks peaks(Parallel parallel, Precision precision) {
        return new ProfileTable.Peaks(
                ProductBenchmark.peak(ProductBenchmark.ofTraining(parallel, PRODUCT_SECONDS, precision)),
                profile ? MemoryBenchmark.gigabytes(parallel, PRODUCT_SECONDS) : 0);
    }

    /// One with random weights.
    TranslationModel model(Config config, int sourceSize, int targetSize, boolean forTraining) {
        var model = ModelFactory.declare(config.model(), sourceSize, targetSize);
        model.parameters().allocate(forTraining);
        model.parameters().initialize(config.seed());
        return model;
    }
}
