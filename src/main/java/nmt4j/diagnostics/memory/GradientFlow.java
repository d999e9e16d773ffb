package nmt4j.diagnostics.memory;

import java.util.ArrayList;
import java.util.List;
import nmt4j.Failure;
import nmt4j.data.Batch;
import nmt4j.data.SplitMix;
import nmt4j.kernel.Parallel;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Tape;
import nmt4j.text.Vocabulary;

/// Whether the gradient survives (Bengio, Simard & Frasconi 1994): ‖∂loss/∂x₍ₛ₋ₖ₎‖ of the word vector k places before the end
/// of the source, for a loss on the first target word. In a network without attention all of it goes through k steps of
/// recurrence; attention has ways around them.
///
/// No word stands twice in a sentence, so the row of a word in the gradient of the source embedding is that of its place.
public final class GradientFlow {
    private static final int SENTENCES = 16;

    private GradientFlow() {}

    /// @param model       with memory for gradients, and a source embedding of its own
    /// @param vocabulary  V of the source
    /// @param length      S
    /// @return            for each lag k = 0 … S − 1 the norm, the mean over sentences
    public static double[] norms(TranslationModel model, int vocabulary, int length, long seed) {
        var table = table(model);
        var norms = new double[length];
        try (var parallel = new Parallel(1); var tape = Tape.training(parallel).exact()) {
            for (int i = 0; i < SENTENCES; i++) {
                var words = words(vocabulary, length, SplitMix.mix(seed, i));
                model.parameters().clearGradients();
                tape.begin(i);
                model.train(tape, Batch.of(List.of(words), List.of(new int[0])), 0, 1);
                for (int k = 0; k < length; k++) norms[k] += norm(table, words[length - 1 - k]) / SENTENCES;
            }
        }
        return norms;
    }

    private static Parameter table(TranslationModel model) {
        var table = model.parameters().get("source.embedding");
        if (table == null)
            throw Failure.mistake("model.tiedEmbeddings: all, so that the gradient of a source word is mixed"
                    + " with that of the output; expected none or output (--set model.tiedEmbeddings=none)");
        return table;
    }

    private static double norm(Parameter table, int row) {
        double square = 0;
        for (int j = 0; j < table.columns(); j++)
            square += (double) table.gradient().get(row, j) * table.gradient().get(row, j);
        return Math.sqrt(square);
    }

    /// Random words, each at most once (Fisher & Yates 1938).
    private static int[] words(int vocabulary, int length, long key) {
        int first = Vocabulary.SPECIALS.size();
        if (length > vocabulary - first)
            throw Failure.mistake("--length: " + length + ", but there are only " + (vocabulary - first) + " words");
        var all = new ArrayList<Integer>();
        for (int id = first; id < vocabulary; id++) all.add(id);
        var words = new int[length];
        for (int t = 0; t < length; t++) words[t] = all.remove(SplitMix.below(all.size(), SplitMix.mix(key, t)));
        return words;
    }
}
