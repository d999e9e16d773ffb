package nmt4j.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nmt4j.data.Batch;
import nmt4j.decoding.ForcedLength;
import nmt4j.kernel.Gemm;
import nmt4j.kernel.Profile;

/// The speed of beam search with every translation forced to one length, so that only speed is compared.
public final class TranslateBenchmark {
    private TranslateBenchmark() {}

    /// @param sentences     a batch
    /// @param sourceLength  tokens of each source, `</s>` included
    /// @param targetLength  tokens of each translation, `</s>` not included
    public record Load(int sentences, int sourceLength, int targetLength) {}

    /// @param operations  multiplications and additions in products
    /// @param allocated   bytes of Java objects
    public record Result(long sentences, long targetTokens, double seconds, long operations, long allocated) {
        public double targetTokensPerSecond() {
            return targetTokens / seconds;
        }

        public double sentencesPerSecond() {
            return sentences / seconds;
        }

        public double gigaflops() {
            return operations / seconds / 1e9;
        }
    }

    /// Batches side by side on the cores, for some seconds after a warm-up. Closes the search.
    ///
    /// @param profiles  is given a profile of each thread's operations, and one of whole batches, if it is there
    public static Result run(ForcedLength search, Load load, int vocabulary, double seconds,
            Optional<Consumer<List<Profile>>> profiles) {
        var sources = sources(load, vocabulary);
        try (search) {
            measure(search, sources, load, Math.min(20, seconds));
            profiles.ifPresent(taker -> taker.accept(search.profile()));
            return measure(search, sources, load, seconds);
        }
    }

    private static Result measure(ForcedLength search, List<int[]> sources, Load load, double seconds) {
        long operations = Gemm.operations();
        long allocated = Profile.allocatedByAll();
        long start = System.nanoTime();
        long sentences = 0;
        do {
            search.translate(sources, load.sentences);
            sentences += sources.size();
        } while (System.nanoTime() - start < seconds * 1e9);
        return new Result(sentences, sentences * load.targetLength, (System.nanoTime() - start) / 1e9,
                Gemm.operations() - operations, Profile.allocatedByAll() - allocated);
    }

    /// Four batches a thread would do; eight in all.
    private static List<int[]> sources(Load load, int vocabulary) {
        var batch = TrainBenchmark.synthetic(load.sentences * 8, load.sourceLength, vocabulary).source();
        var sources = new ArrayList<int[]>();
        for (int b = 0; b < batch.size(); b++)
            sources.add(Arrays.copyOf(batch.sentence(b), batch.length(b) - 1));
        return sources;
    }
}
