package nmt4j.diagnostics.sanity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import nmt4j.config.Config;
import nmt4j.data.Batch;
import nmt4j.data.SplitMix;
import nmt4j.model.ModelFactory;
import nmt4j.model.TranslationModel;
import nmt4j.tensor.Tape;
import nmt4j.text.Vocabulary;

/// A kind of model to be examined, without a corpus: sentences are random ids.
///
/// @param declare     makes one, its parameters without memory
/// @param sourceSize  V of the source
/// @param targetSize  V of the target
public record Subject(Supplier<TranslationModel> declare, Config config, int sourceSize, int targetSize) {
    /// Both sides have the same vocabulary if the config says so; else the target's is a little smaller, so that one can
    /// not be taken for the other.
    public static Subject of(Config config, int vocabulary) {
        int target = config.data().vocabulary().isShared() ? vocabulary : vocabulary - 3;
        return new Subject(() -> ModelFactory.declare(config.model(), vocabulary, target), config, vocabulary, target);
    }

    /// One with memory for training, begun as a run begins.
    TranslationModel made() {
        var model = declare.get();
        model.parameters().allocate(true);
        model.parameters().initialize(config.seed());
        return model;
    }

    float smoothing() {
        return (float) config.training().loss().labelSmoothing();
    }

    /// Sentences of different lengths on both sides, one of a single word among them.
    Batch batch() {
        return Batch.of(sentences(sourceSize, 1, 7, 1, 4, 5), sentences(targetSize, 2, 6, 4, 1, 5));
    }

    /// Random ids without the special ones; no word stands twice.
    private static List<int[]> sentences(int vocabulary, long key, int... lengths) {
        var all = new ArrayList<int[]>();
        int words = vocabulary - Vocabulary.SPECIALS.size();
        int n = 0;
        int step = 1 + SplitMix.below(words / Arrays.stream(lengths).sum() - 1, SplitMix.mix(key, 0));
        for (int length : lengths) {
            var ids = new int[length];
            for (int t = 0; t < length; t++) ids[t] = Vocabulary.SPECIALS.size() + n++ * step;
            all.add(ids);
        }
        return all;
    }

    /// What the decoder hands to the output layer, teacher-forced [T · H].
    static float[] states(TranslationModel model, Tape tape, Batch batch) {
        tape.begin(1);
        return model.decoder().decode(tape, model.encoder().encode(tape, batch.source()), batch.targetInput()).value()
                .toArray();
    }
}
