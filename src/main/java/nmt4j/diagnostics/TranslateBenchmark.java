package nmt4j.diagnostics;

import java.util.ArrayList;
import java.util.List;
import nmt4j.data.Batch;
import nmt4j.decoding.ForcedLength;
import nmt4j.kernel.Gemm;
import nmt4j.model.TranslationModel;

/// The speed of beam search with every translation forced to one length, so that only speed is compared.
public final class TranslateBenchmark {
    private TranslateBenchmark() {}

    /// @param sentences     a batch
    /// @param sourceLength  tokens of each source, `</s>` included
    /// @param targetLength  tokens of each translation, `</s>` not included
    public record Load(int sentences, int sourceLength, int targetLength) {}

    /// @param operations  multiplications and additions in products
    public record Result(long sentences, long targetTokens, double seconds, long operations) {
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

    /// Batches side by side on `threads` cores, for some seconds after a warm-up.
    public static Result run(TranslationModel model, int vocabulary, Load load, int beam, int threads, double warmup,
            double seconds) {
        var sources = sources(load, vocabulary);
        try (var search = new ForcedLength(model, beam, load.targetLength, threads)) {
            measure(search, sources, load, warmup);
            return measure(search, sources, load, seconds);
        }
    }

    private static Result measure(ForcedLength search, List<int[]> sources, Load load, double seconds) {
        long operations = Gemm.operations();
        long start = System.nanoTime();
        long sentences = 0;
        do {
            search.translate(sources, load.sentences);
            sentences += sources.size();
        } while (System.nanoTime() - start < seconds * 1e9);
        return new Result(sentences, sentences * load.targetLength, (System.nanoTime() - start) / 1e9,
                Gemm.operations() - operations);
    }

    /// Four batches a thread would do; eight in all.
    private static List<int[]> sources(Load load, int vocabulary) {
        var batch = TrainBenchmark.synthetic(load.sentences * 8, load.sourceLength, vocabulary).source();
        var sources = new ArrayList<int[]>();
        for (int b = 0; b < batch.size(); b++)
            sources.add(java.util.Arrays.copyOf(batch.sentence(b), batch.length(b) - 1));
        return sources;
    }
}
