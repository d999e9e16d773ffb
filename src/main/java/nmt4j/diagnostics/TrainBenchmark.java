package nmt4j.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nmt4j.data.Batch;
import nmt4j.data.SplitMix;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Parallel;
import nmt4j.kernel.Profile;
import nmt4j.text.Vocabulary;
import nmt4j.training.Step;

/// The speed of whole updates, as training makes them: forward, backward, clipping, optimizer.
///
/// @param step      of a model with memory for training
/// @param parallel  the cores that the step computes on
/// @param batches   what is trained on
public record TrainBenchmark(Step step, Parallel parallel, Supplier<Batch> batches) {
    private static final double RATE = 1e-4;

    /// @param updates     that were measured
    /// @param seconds     that they took
    /// @param operations  multiplications and additions in their products
    /// @param allocated   bytes of Java objects
    public record Result(long updates, long sourceTokens, long targetTokens, double seconds, long operations,
            long allocated) {
        public double targetTokensPerSecond() {
            return targetTokens / seconds;
        }

        public double millisecondsPerUpdate() {
            return seconds / updates * 1e3;
        }

        /// 10⁹ multiplications and additions of products a second.
        public double gigaflops() {
            return operations / seconds / 1e9;
        }
    }

    /// Warms up for some seconds, until the kernels are compiled, then measures for some.
    ///
    /// @param profile  of each operation, if that is wanted too
    public Result run(double warmup, double seconds, Optional<Profile> profile) {
        var first = measure(0, warmup);
        profile.ifPresent(parallel::profile);
        var measured = measure(first.updates, seconds);
        parallel.profile(null);
        return measured;
    }

    /// Memory of activations and their gradients.
    public long tapeBytes() {
        return step.tapeBytes();
    }

    private Result measure(long before, double seconds) {
        long operations = Gemm.operations();
        long allocated = Profile.allocatedByAll();
        long start = System.nanoTime();
        long updates = 0;
        long source = 0;
        long target = 0;
        do {
            var update = step.run(batches, before + ++updates, RATE);
            source += update.sourceTokens();
            target += update.loss().tokens();
        } while (System.nanoTime() - start < seconds * 1e9);
        return new Result(updates, source, target, (System.nanoTime() - start) / 1e9, Gemm.operations() - operations,
                Profile.allocatedByAll() - allocated);
    }

    /// A batch of random ids.
    ///
    /// @param sentences   B
    /// @param length      tokens of each side of each sentence, `</s>` included
    /// @param vocabulary  V of both sides
    public static Batch synthetic(int sentences, int length, int vocabulary) {
        return Batch.of(random(sentences, length - 1, vocabulary, 1), random(sentences, length - 1, vocabulary, 2));
    }

    private static List<int[]> random(int sentences, int length, int vocabulary, long key) {
        int words = vocabulary - Vocabulary.SPECIALS.size();
        var all = new ArrayList<int[]>();
        for (int i = 0; i < sentences; i++) {
            var ids = new int[length];
            for (int t = 0; t < length; t++)
                ids[t] = Vocabulary.SPECIALS.size()
                        + (int) Math.floorMod(SplitMix.mix(SplitMix.mix(key, i), t), (long) words);
            all.add(ids);
        }
        return all;
    }
}
